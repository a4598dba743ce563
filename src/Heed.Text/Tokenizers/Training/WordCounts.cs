using System.Runtime.InteropServices;

namespace Heed.Text.Tokenizers.Training;

/// <summary>
/// The different words of a text and how often each occurs: all that training looks at, so memory grows with the
/// vocabulary of the text rather than with its length.
/// </summary>
internal sealed class WordCounts
{
    private const int LinesPerReport = 10_000;

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly long maxCharacters;
    private long heldCharacters;

    /// <param name="maxCharacters">
    /// UTF-16 units of different words to hold at most. Beyond it the rarest words are forgotten, once for each time the
    /// limit is reached (lossy counting, Manku and Motwani 2002).
    /// </param>
    public WordCounts(long maxCharacters = 1L << 25) => this.maxCharacters = maxCharacters;

    /// <summary>Counts the words of all lines.</summary>
    public static WordCounts Of(
        IEnumerable<string> lines, TokenizerOptions options, bool spacePrefix, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        var counts = new WordCounts();
        long done = 0;
        foreach (string line in lines)
        {
            if (line is null)
            {
                throw new ArgumentException($"line {done + 1} of the training text is null");
            }

            counts.AddText(TextPreparation.Prepare(line, options.Lowercase, spacePrefix));

            if (++done % LinesPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new TokenizerProgress("reading lines", done, 0));
            }
        }

        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new TokenizerProgress("reading lines", done, done));
        return counts;
    }

    /// <summary>Counts the words of a prepared text.</summary>
    public void AddText(string text)
    {
        var bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(bySpan, word, out bool known);
            count++;
            if (!known)
            {
                heldCharacters += word.Length;
            }
        }

        for (long rarest = 1; heldCharacters > maxCharacters; rarest *= 2)
        {
            ForgetUpTo(rarest);
        }
    }

    /// <summary>The words with their counts in ordinal order, which no order of the lines can change.</summary>
    public (string Word, long Count)[] Sorted()
    {
        var sorted = counts.Select(entry => (entry.Key, entry.Value)).ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return sorted;
    }

    private void ForgetUpTo(long count)
    {
        foreach ((string word, long seen) in counts)
        {
            if (seen <= count)
            {
                counts.Remove(word);
                heldCharacters -= word.Length;
            }
        }
    }
}
