using System.Text.Json;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Bpe;

namespace Heed.Text.Tokenizers.Files;

/// <summary>The model object of byte-pair encoding: type "BPE", the vocabulary, and merges as "left right".</summary>
internal static class BpeFormat
{
    public const string Type = "BPE";

    private const string Settings = """
        {
          "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null,
          "fuse_unk": false, "byte_fallback": true, "ignore_merges": false
        }
        """;

    public static void Write(Utf8JsonWriter json, Vocabulary vocabulary, MergeTable merges)
    {
        json.WriteString("type", Type);
        using (JsonDocument settings = JsonDocument.Parse(Settings))
        {
            foreach (JsonProperty setting in settings.RootElement.EnumerateObject())
            {
                setting.WriteTo(json);
            }
        }

        VocabularyFormat.WriteMap(json, vocabulary);
        json.WriteStartArray("merges");
        foreach (Merge merge in merges.Merges)
        {
            json.WriteStringValue($"{vocabulary.DisplayText(merge.Left)} {vocabulary.DisplayText(merge.Right)}");
        }

        json.WriteEndArray();
    }

    public static BpeTokenizer Read(JsonPlace root, JsonPlace model)
    {
        bool lowercase = TrainedPipeline.Check(root, TokenizerKind.Bpe);
        model.RequireSettings(Settings);
        Vocabulary vocabulary = VocabularyFormat.ReadMap(model.Get("vocab"));
        var seen = new PairMap();
        var merges = new List<Merge>();
        foreach (JsonPlace item in model.Get("merges").Items())
        {
            Merge merge = ReadMerge(item, vocabulary);
            if (!seen.TryAdd(merge.Left, merge.Right, merges.Count))
            {
                throw item.Error($"{item.Excerpt()} occurs twice");
            }

            merges.Add(merge);
        }

        return new BpeTokenizer(vocabulary, new MergeTable(merges), lowercase);
    }

    private static Merge ReadMerge(JsonPlace item, Vocabulary vocabulary)
    {
        string[] sides = item.Text().Split(' ');
        if (sides.Length != 2)
        {
            throw item.Error($"expected two pieces with one space between them, found {item.Excerpt()}");
        }

        return new Merge(IdOf(sides[0]), IdOf(sides[1]), IdOf(sides[0] + sides[1]));

        int IdOf(string name) => vocabulary.TryGetId(name.Replace(Vocabulary.SpaceMark, ' '), out int id)
            ? id
            : throw item.Error($"{Excerpt.Quote(name)} is not one of the learnt pieces in model.vocab");
    }
}
