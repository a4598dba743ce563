using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.NGrams;

/// <summary>Gives equal words equal numbers, so that a metric compares integers. Not for use by two threads at once.</summary>
internal sealed class WordNumbers
{
    private readonly SequenceTable spellings = new();

    /// <summary>Forgets all words.</summary>
    public void Clear() => spellings.Clear();

    /// <summary>The number of a word: that of its spelling. It is never 0 for a word with letters.</summary>
    public int Number(ReadOnlySpan<char> word)
    {
        int number = 0;
        foreach (char letter in word)
        {
            number = spellings.Extend(number, letter);
        }

        return number;
    }

    /// <summary>Replaces <paramref name="numbers"/> by the numbers of the words of a text.</summary>
    public void Read(ReadOnlySpan<char> text, List<int> numbers)
    {
        numbers.Clear();
        foreach (ReadOnlySpan<char> word in PythonWhitespace.Words(text))
        {
            numbers.Add(Number(word));
        }
    }
}
