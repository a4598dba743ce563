using System.Text.RegularExpressions;

namespace Heed.Text.Tests.Book;

/// <summary>Byte-pair encoding as the book's bonus chapter learns it: over words with Ġ for the space before them, the first of equally frequent pairs wins.</summary>
internal sealed partial class BookBpe
{
    private readonly Dictionary<(int Left, int Right), int> joined = [];

    public BookBpe(string text, int vocabSize)
    {
        Vocabulary = [.. Enumerable.Range(0, 256).Select(value => ((char)value).ToString()), "Ġ", "<|endoftext|>"];
        List<int>[] words = [.. Words(text).Select(Symbols)];
        while (Vocabulary.Count < vocabSize)
        {
            (int left, int right) = MostFrequent(words);
            joined.Add((left, right), Vocabulary.Count);
            Merges.Add((left, right));
            Array.ForEach(words, word => Join(word, (left, right)));
            Vocabulary.Add(Vocabulary[left] + Vocabulary[right]);
        }
    }

    public List<string> Vocabulary { get; }

    public List<(int Left, int Right)> Merges { get; } = [];

    /// <summary>The merges as a file of GPT-2's kind has them.</summary>
    public string[] MergeLines => [.. Merges.Select(merge => $"{Vocabulary[merge.Left]} {Vocabulary[merge.Right]}")];

    /// <summary>The book's own ids: in each pass over a word, any pair that was ever learnt is joined, from left to right.</summary>
    public int[] EncodeLeftToRight(string text) => [.. Words(text).SelectMany(word => Encode(word, JoinAnyFromLeft))];

    /// <summary>Ids as GPT-2 makes them: the pair learnt first is joined first.</summary>
    public int[] EncodeEarliestFirst(string text) => [.. Words(text).SelectMany(word => Encode(word, JoinEarliest))];

    private static IEnumerable<string> Words(string text) => Pieces().Matches(text).Select(match => match.Value.Replace(' ', 'Ġ'));

    private List<int> Encode(string word, Func<List<int>, bool> joinOnce)
    {
        List<int> symbols = Vocabulary.IndexOf(word) is >= 0 and int whole ? [whole] : Symbols(word);
        while (joinOnce(symbols))
        {
        }

        return symbols;
    }

    private bool JoinAnyFromLeft(List<int> symbols)
    {
        bool any = false;
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if (joined.TryGetValue((symbols[i], symbols[i + 1]), out int id))
            {
                symbols[i] = id;
                symbols.RemoveAt(i + 1);
                any = true;
            }
        }

        return any;
    }

    private bool JoinEarliest(List<int> symbols)
    {
        (int, int)[] known = [.. symbols.Zip(symbols.Skip(1)).Where(joined.ContainsKey)];
        if (known.Length == 0)
        {
            return false;
        }

        Join(symbols, known.MinBy(pair => joined[pair]));
        return true;
    }

    private void Join(List<int> symbols, (int Left, int Right) pair)
    {
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if ((symbols[i], symbols[i + 1]) == pair)
            {
                symbols[i] = joined[pair];
                symbols.RemoveAt(i + 1);
            }
        }
    }

    private static (int Left, int Right) MostFrequent(List<int>[] words)
    {
        var counts = new Dictionary<(int, int), (int Count, int First)>();
        foreach ((int, int) pair in words.SelectMany(word => word.Zip(word.Skip(1))))
        {
            (int count, int first) = counts.GetValueOrDefault(pair, (0, counts.Count));
            counts[pair] = (count + 1, first);
        }

        return counts.OrderByDescending(entry => entry.Value.Count).ThenBy(entry => entry.Value.First).First().Key;
    }

    private List<int> Symbols(string word) => [.. word.Select(character => character == 'Ġ' ? 256 : (int)character)];

    // A line break, or a word with the space before it; further spaces stand alone.
    [GeneratedRegex(@"\n| ?[^ \n]+| ")]
    private static partial Regex Pieces();
}
