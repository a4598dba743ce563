using System.Text;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>
/// The pieces still in the race, with the logarithms of their probabilities. The characters of the alphabet come first
/// and always stay, so that every word can be split.
/// </summary>
internal sealed class CandidatePieces
{
    private const int MostSeeds = 1_000_000;

    private CandidatePieces(int required, string[] texts, double[] scores)
    {
        Required = required;
        Texts = texts;
        Scores = scores;
    }

    /// <summary>The number of characters at the front that always stay.</summary>
    public int Required { get; }

    public string[] Texts { get; }

    public double[] Scores { get; }

    public int Count => Texts.Length;

    /// <summary>The alphabet and the substrings that cover most text (count times length).</summary>
    public static CandidatePieces Seeds(TrainingWords words, TokenizerOptions options)
    {
        Substring[] substrings = [.. new SubstringCounter(words, options.MaxPieceLength).Count(options.MinCount)
            .OrderByDescending(substring => substring.Count * substring.Length).Take(MostSeeds)];
        var characters = new Dictionary<int, long>();
        for (int word = 0; word < words.Count; word++)
        {
            foreach (int codePoint in words.CodePointsOf(word))
            {
                characters[codePoint] = characters.GetValueOrDefault(codePoint) + words.CountOf(word);
            }
        }

        double[] counts = [.. words.Alphabet.Select(rune => (double)characters[rune.Value]), .. substrings.Select(substring => (double)substring.Count)];
        double logTotal = Math.Log(counts.Sum());
        string[] texts = [.. words.Alphabet.Select(rune => rune.ToString()), .. substrings.Select(substring => TextOf(words, substring))];
        return new CandidatePieces(words.Alphabet.Length, texts, [.. counts.Select(count => Math.Log(count) - logTotal)]);
    }

    /// <summary>The characters and those of the other pieces that are to be kept, with new scores.</summary>
    public CandidatePieces Keep(Func<int, bool> kept, Func<int, double> score)
    {
        int[] places = [.. Enumerable.Range(0, Count).Where(piece => piece < Required || kept(piece))];
        return new CandidatePieces(Required, [.. places.Select(piece => Texts[piece])], [.. places.Select(score)]);
    }

    public UnigramModel ToModel() => new(Texts, Scores);

    private static string TextOf(TrainingWords words, Substring substring)
    {
        var text = new StringBuilder(substring.Length);
        foreach (int codePoint in words.CodePoints.AsSpan(substring.Start, substring.Length))
        {
            text.Append(new Rune(codePoint));
        }

        return text.ToString();
    }
}
