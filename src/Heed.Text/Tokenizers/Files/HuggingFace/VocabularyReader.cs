using Heed.Text.IO;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the names of a vocabulary, which may have gaps.</summary>
internal static class VocabularyReader
{
    /// <summary>UTF-16 units in a piece at most: a longer one would make every search slow, and no real vocabulary has it.</summary>
    public const int LongestPiece = 512;

    private const int MostIds = 4 * TokenizerOptions.MaxVocabSize;

    /// <summary>Reads <c>{"name": id, ...}</c>.</summary>
    public static string?[] Map(JsonPlace vocab)
    {
        var names = new List<string?>();
        foreach ((string name, JsonPlace value) in vocab.Properties())
        {
            Set(names, CheckedId(value), name, value);
        }

        return [.. names];
    }

    /// <summary>Reads <c>[["name", score], ...]</c>.</summary>
    public static (string?[] Names, double[] Scores) List(JsonPlace vocab)
    {
        JsonPlace[] items = vocab.Items();
        var names = new string?[items.Length];
        var scores = new double[items.Length];
        for (int id = 0; id < items.Length; id++)
        {
            JsonPlace[] entry = items[id].Items();
            if (entry.Length != 2)
            {
                throw items[id].Error($"expected [piece, score], found {items[id].Excerpt()}");
            }

            (names[id], scores[id]) = (entry[0].Text(), entry[1].Number());
            CheckLength(names[id]!, entry[0]);
            if (Math.Abs(scores[id]) > 1_000_000)
            {
                throw entry[1].Error($"score {entry[1].Excerpt()} is out of range: it must be between -1000000 and 1000000");
            }
        }

        return (names, scores);
    }

    /// <summary>Gives a name to an id, once.</summary>
    public static void Set(List<string?> names, int id, string name, JsonPlace place)
    {
        while (names.Count <= id)
        {
            names.Add(null);
        }

        if (names[id] is { } other && other != name)
        {
            throw place.Error($"id {id} already belongs to {Excerpt.Quote(other)}, so it cannot be {Excerpt.Quote(name)}");
        }

        names[id] = name;
    }

    public static int CheckedId(JsonPlace place) => place.Integer() is >= 0 and < MostIds and int id
        ? id
        : throw place.Error($"id {place.Excerpt()} is out of range: it must be between 0 and {MostIds - 1}");

    /// <summary>A text that is not longer than a piece may be.</summary>
    public static string CheckedText(JsonPlace place)
    {
        CheckLength(place.Text(), place);
        return place.Text();
    }

    public static void CheckLength(string name, JsonPlace place)
    {
        if (name.Length > LongestPiece)
        {
            throw place.Error($"piece {Excerpt.Quote(name)} has {name.Length} characters; {LongestPiece} are read at most");
        }
    }
}
