using System.Text.Json;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>Writes the <c>tokenizer_config.json</c> that a GGUF file's tokenizer would have had in a folder.</summary>
internal static class GgufConfigFile
{
    public static byte[] Write(GgufVocabulary vocabulary, string className, bool addsBos, bool addsEos) => ByteLevelTrainer.Json(json =>
    {
        json.WriteString("tokenizer_class", className);
        json.WriteBoolean("add_bos_token", addsBos);
        json.WriteBoolean("add_eos_token", addsEos);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteBoolean("legacy", true);
        string[] names = GgufNames.Of(vocabulary);
        WriteRole(json, "bos_token", vocabulary.BosId, names);
        WriteRole(json, "eos_token", vocabulary.EosId, names);
        WriteRole(json, "unk_token", vocabulary.UnknownId, names);
        WriteRole(json, "pad_token", vocabulary.PaddingId, names);
        if (vocabulary.ChatTemplate is { } template)
        {
            json.WriteString("chat_template", template);
        }
    });

    private static void WriteRole(Utf8JsonWriter json, string role, int? id, string[] names)
    {
        if (id is { } known)
        {
            json.WriteString(role, names[known]);
        }
    }
}
