using System.Text;

namespace Heed.Text.Tokenizers.Training;

/// <summary>
/// The counted words as code points, one after the other. A word is cut where a character is not in the alphabet, since
/// no piece can reach across it.
/// </summary>
internal sealed class TrainingWords
{
    private readonly List<int> starts = [0];
    private readonly List<long> counts = [];

    public TrainingWords((string Word, long Count)[] words, Rune[] alphabet)
    {
        Alphabet = alphabet;
        var known = alphabet.ToHashSet();
        var codePoints = new List<int>();
        foreach ((string word, long count) in words)
        {
            foreach (Rune rune in word.EnumerateRunes())
            {
                if (known.Contains(rune))
                {
                    codePoints.Add(rune.Value);
                }
                else
                {
                    EndWord(codePoints.Count, count);
                }
            }

            EndWord(codePoints.Count, count);
        }

        CodePoints = [.. codePoints];
    }

    /// <summary>The characters that are pieces, in code point order.</summary>
    public Rune[] Alphabet { get; }

    /// <summary>The code points of all words.</summary>
    public int[] CodePoints { get; }

    /// <summary>The number of words.</summary>
    public int Count => counts.Count;

    /// <summary>Where a word starts in <see cref="CodePoints"/>; the word after the last one starts at the end.</summary>
    public int StartOf(int word) => starts[word];

    /// <summary>How often a word occurs in the text.</summary>
    public long CountOf(int word) => counts[word];

    public ReadOnlySpan<int> CodePointsOf(int word) => CodePoints.AsSpan(starts[word]..starts[word + 1]);

    private void EndWord(int end, long count)
    {
        if (end > starts[^1])
        {
            starts.Add(end);
            counts.Add(count);
        }
    }
}
