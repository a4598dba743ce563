using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

/// <summary>Small random models, and every split of a short text written out, to compare with.</summary>
internal static class AllSplits
{
    public static (string[] Pieces, UnigramModel Model) RandomModel(ref Heed.Text.Tokenizers.SplitMix64 random)
    {
        var pieces = new HashSet<string> { "a", "b" };
        for (int i = 0; i < 6; i++)
        {
            pieces.Add(RandomWord(ref random, 1 + (int)(random.NextUInt64() % 4)));
        }

        string[] texts = [.. pieces];
        var scores = new double[texts.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Log(0.02 + random.NextDouble());
        }

        return (texts, new UnigramModel(texts, scores));
    }

    /// <summary>A word of a, b and sometimes c, which no model knows alone.</summary>
    public static string RandomWord(ref Heed.Text.Tokenizers.SplitMix64 random, int length)
    {
        var letters = new char[length];
        foreach (ref char letter in letters.AsSpan())
        {
            letter = "aaabbbc"[(int)(random.NextUInt64() % 7)];
        }

        return new string(letters);
    }

    /// <summary>Every split as its pieces (-1 for an unknown character) and its log-probability.</summary>
    public static IEnumerable<(int[] Path, double Score)> Of(string text, string[] pieces, UnigramModel model)
    {
        if (text.Length == 0)
        {
            yield return ([], 0);
            yield break;
        }

        for (int length = 1; length <= text.Length; length++)
        {
            int piece = Array.IndexOf(pieces, text[..length]);
            if (piece < 0 && length > 1)
            {
                continue;
            }

            double score = piece < 0 ? model.Scores.ToArray().Min() - 10 : model.Scores[piece];
            foreach (var (path, rest) in Of(text[length..], pieces, model))
            {
                yield return ([piece, .. path], score + rest);
            }
        }
    }

    public static int[] CodePoints(string text) => [.. text.Select(c => (int)c)];
}
