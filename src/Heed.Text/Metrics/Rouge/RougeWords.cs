using Heed.Text.Metrics.NGrams;
using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Rouge;

/// <summary>
/// The words that ROUGE counts: runs of a to z and 0 to 9 in lower case. Letters beyond ASCII separate words, as in
/// Google's rouge_scorer. Belongs to one thread.
/// </summary>
internal sealed class RougeWords(bool useStemmer)
{
    private const int LongestUnstemmed = 3;
    private readonly WordNumbers numbers = new();

    /// <summary>Forgets all words.</summary>
    public void Clear() => numbers.Clear();

    /// <summary>The numbers of the words of a text.</summary>
    public List<int> Read(string text)
    {
        List<int> words = [];
        string lower = PythonLowercase.Lower(text);
        int start = 0;
        for (int i = 0; i <= lower.Length; i++)
        {
            if (i < lower.Length && (char.IsAsciiLetterLower(lower[i]) || char.IsAsciiDigit(lower[i])))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(Number(lower.AsSpan(start, i - start)));
            }

            start = i + 1;
        }

        return words;
    }

    private int Number(ReadOnlySpan<char> word) =>
        numbers.Number(useStemmer && word.Length > LongestUnstemmed ? PorterStemmer.Stem(word.ToString()) : word);
}
