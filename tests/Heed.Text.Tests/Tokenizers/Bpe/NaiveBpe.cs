using System.Text;

namespace Heed.Text.Tests.Tokenizers.Bpe;

/// <summary>Byte-pair encoding as the paper tells it, recounting everything at every step: slow and plain, to compare with.</summary>
internal static class NaiveBpe
{
    /// <summary>Learns merges as pairs of texts. Ties: the smallest ids, where an alphabet in code point order has the first ones.</summary>
    public static List<(string Left, string Right)> Learn(IReadOnlyDictionary<string, long> words, int pieces, int minCount, int maxLength)
    {
        var split = words.ToDictionary(entry => entry.Key, entry => Characters(entry.Key));
        var ids = new Dictionary<string, int>();
        foreach (string character in split.Values.SelectMany(word => word).Distinct().OrderBy(text => char.ConvertToUtf32(text, 0)))
        {
            ids.Add(character, ids.Count);
        }

        var merges = new List<(string Left, string Right)>();
        while (ids.Count < pieces)
        {
            var counts = new Dictionary<(string Left, string Right), long>();
            foreach ((string word, List<string> parts) in split)
            {
                for (int i = 0; i + 1 < parts.Count; i++)
                {
                    counts[(parts[i], parts[i + 1])] = counts.GetValueOrDefault((parts[i], parts[i + 1])) + words[word];
                }
            }

            var best = counts
                .Where(entry => entry.Value >= minCount && (entry.Key.Left + entry.Key.Right).EnumerateRunes().Count() <= maxLength)
                .OrderByDescending(entry => entry.Value).ThenBy(entry => ids[entry.Key.Left]).ThenBy(entry => ids[entry.Key.Right])
                .Select(entry => entry.Key).FirstOrDefault();
            if (best.Left is null)
            {
                break;
            }

            if (!merges.Contains(best))
            {
                merges.Add(best);
            }

            ids.TryAdd(best.Left + best.Right, ids.Count);
            foreach (List<string> parts in split.Values)
            {
                Join(parts, best);
            }
        }

        return merges;
    }

    /// <summary>Splits a word: of the merges that fit somewhere, the earliest learnt, at its leftmost place, until none fits.</summary>
    public static List<string> Split(string word, List<(string Left, string Right)> merges)
    {
        List<string> parts = Characters(word);
        while (true)
        {
            var possible = Enumerable.Range(0, parts.Count - 1)
                .Select(i => (Rank: merges.IndexOf((parts[i], parts[i + 1])), Place: i))
                .Where(entry => entry.Rank >= 0).Order().ToArray();
            if (possible.Length == 0)
            {
                return parts;
            }

            int place = possible[0].Place;
            parts[place] += parts[place + 1];
            parts.RemoveAt(place + 1);
        }
    }

    private static List<string> Characters(string word) => [.. word.EnumerateRunes().Select((Rune rune) => rune.ToString())];

    private static void Join(List<string> parts, (string Left, string Right) merge)
    {
        for (int i = 0; i + 1 < parts.Count; i++)
        {
            if (parts[i] == merge.Left && parts[i + 1] == merge.Right)
            {
                parts[i] += parts[i + 1];
                parts.RemoveAt(i + 1);
            }
        }
    }
}
