using System.Collections;

namespace Heed.Text.Metrics.Rouge;

/// <summary>The longest common subsequence of two sequences of words.</summary>
internal static class LongestCommonSubsequence
{
    // One bit a cell: this is 1 GiB, two sentences of 90 000 words each.
    private const long MaxCells = 1L << 33;

    /// <summary>How long it is.</summary>
    public static int Length(ReadOnlySpan<int> target, ReadOnlySpan<int> prediction)
    {
        int[] lengths = new int[prediction.Length + 1];
        foreach (int word in target)
        {
            NextRow(word, prediction, lengths, null);
        }

        return lengths[^1];
    }

    /// <summary>
    /// Marks the words of the target that are in it. There may be several longest ones; this is the one that
    /// rouge_scorer takes, walking back from the ends and leaving out a word of the target wherever either will do.
    /// </summary>
    /// <exception cref="ArgumentException">The sentences are too long.</exception>
    public static void Mark(ReadOnlySpan<int> target, ReadOnlySpan<int> prediction, Span<bool> marked)
    {
        if ((long)target.Length * prediction.Length > MaxCells)
        {
            throw new ArgumentException(
                $"ROUGE-Lsum cannot compare sentences of {target.Length} and {prediction.Length} words; put line breaks between sentences.");
        }

        int[] lengths = new int[prediction.Length + 1];
        var dropsPrediction = new BitArray[target.Length];
        for (int i = 0; i < target.Length; i++)
        {
            NextRow(target[i], prediction, lengths, dropsPrediction[i] = new BitArray(prediction.Length));
        }

        for (int i = target.Length, j = prediction.Length; i > 0 && j > 0;)
        {
            if (target[i - 1] == prediction[j - 1])
            {
                marked[i - 1] = true;
                i--;
                j--;
            }
            else if (dropsPrediction[i - 1][j - 1])
            {
                j--;
            }
            else
            {
                i--;
            }
        }
    }

    /// <summary>
    /// Turns the lengths for some words of the target into those for one more; notes where leaving out a word of the
    /// prediction keeps a longer subsequence than leaving out this word of the target.
    /// </summary>
    private static void NextRow(int word, ReadOnlySpan<int> prediction, int[] lengths, BitArray? dropsPrediction)
    {
        int diagonal = 0;
        for (int j = 1; j < lengths.Length; j++)
        {
            int above = lengths[j], left = lengths[j - 1];
            lengths[j] = prediction[j - 1] == word ? diagonal + 1 : Math.Max(above, left);
            if (dropsPrediction is not null)
            {
                dropsPrediction[j - 1] = left > above;
            }

            diagonal = above;
        }
    }
}
