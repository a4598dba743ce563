using System.Text.Json;
using Heed.Text.Tokenizers.SentencePiece;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>The kind <c>gpt2</c>: byte-level byte-pair encoding. It is written as a <c>tokenizer.json</c> and read as such.</summary>
internal static class GgufByteLevel
{
    public static LoadedTokenizer Read(GgufVocabulary vocabulary, string source)
    {
        var pattern = GgufPattern.Of(source, vocabulary.PreTokenizer);
        bool addsBos = vocabulary.AddsBos ?? pattern.AddsBos, addsEos = vocabulary.AddsEos ?? false;
        TokenizerConfig config = GgufNames.Config(vocabulary, source, "PreTrainedTokenizerFast", addsBos, addsEos);
        int? bos = addsBos ? vocabulary.BosId : null, eos = addsEos ? vocabulary.EosId : null;
        byte[] content = Json(vocabulary, pattern, bos, eos);
        return (LoadedTokenizer)TokenizerFileReader.Parse(source, content, TokenizerFolder.Of(config));
    }

    private static byte[] Json(GgufVocabulary vocabulary, GgufPattern pattern, int? bos, int? eos) => ByteLevelTrainer.Json(json =>
    {
        string[] names = GgufNames.Of(vocabulary);
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, names, GgufNames.Types(vocabulary));
        json.WritePropertyName("normalizer");
        json.WriteRawValue(pattern.Composes ? """{ "type": "NFC" }""" : "null");
        WritePreTokenizer(json, pattern);
        WriteTemplate(json, names, bos, eos);
        json.WritePropertyName("decoder");
        json.WriteRawValue("""{ "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true }""");
        WriteModel(json, names, vocabulary.Merges, pattern.TakesWholeWords);
    });

    private static void WriteAddedTokens(Utf8JsonWriter json, string[] names, PieceType[] types)
    {
        json.WriteStartArray("added_tokens");
        for (int id = 0; id < names.Length; id++)
        {
            if (types[id] is not (PieceType.Control or PieceType.Unknown or PieceType.UserDefined))
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", names[id]);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", types[id] != PieceType.UserDefined);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePreTokenizer(Utf8JsonWriter json, GgufPattern pattern)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        foreach (string regex in pattern.Regexes)
        {
            json.WriteStartObject();
            json.WriteString("type", "Split");
            json.WriteStartObject("pattern");
            json.WriteString("Regex", regex);
            json.WriteEndObject();
            json.WriteString("behavior", "Isolated");
            json.WriteBoolean("invert", false);
            json.WriteEndObject();
        }

        json.WriteRawValue("""{ "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false }""");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, string[] names, int? bos, int? eos)
    {
        if (bos is null && eos is null)
        {
            json.WriteNull("post_processor");
            return;
        }

        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WriteSequence("single", "A");
        WriteSequence("pair", "A", "B");
        json.WriteStartObject("special_tokens");
        foreach (int id in ((int?[])[bos, eos]).OfType<int>().Distinct())
        {
            json.WriteStartObject(names[id]);
            json.WriteString("id", names[id]);
            json.WriteStartArray("ids");
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(names[id]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();

        void WriteSequence(string name, params ReadOnlySpan<string> texts)
        {
            json.WriteStartArray(name);
            for (int type = 0; type < texts.Length; type++)
            {
                WritePiece("SpecialToken", bos is { } first ? names[first] : null, type);
                WritePiece("Sequence", texts[type], type);
                WritePiece("SpecialToken", eos is { } last ? names[last] : null, type);
            }

            json.WriteEndArray();
        }

        void WritePiece(string kind, string? id, int type)
        {
            if (id is null)
            {
                return;
            }

            json.WriteStartObject();
            json.WriteStartObject(kind);
            json.WriteString("id", id);
            json.WriteNumber("type_id", type);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteModel(Utf8JsonWriter json, string[] names, IReadOnlyList<string> merges, bool takesWholeWords)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", takesWholeWords);
        json.WriteStartObject("vocab");
        for (int id = 0; id < names.Length; id++)
        {
            json.WriteNumber(names[id], id);
        }

        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (string merge in merges)
        {
            json.WriteStringValue(merge);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
