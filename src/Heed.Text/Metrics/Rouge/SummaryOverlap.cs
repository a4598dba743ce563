using System.Runtime.InteropServices;

namespace Heed.Text.Metrics.Rouge;

/// <summary>ROUGE-Lsum: what a summary has in common with another, sentence by sentence.</summary>
/// <remarks>
/// Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), section 3.2, with the rule of ROUGE-1.5.5 that
/// no word counts more often than both summaries have it.
/// </remarks>
internal static class SummaryOverlap
{
    /// <summary>Compares two summaries, given as sentences of words.</summary>
    public static Overlap Measure(List<List<int>> target, List<List<int>> prediction)
    {
        Dictionary<int, int> leftInTarget = CountWords(target), leftInPrediction = CountWords(prediction);
        long hits = 0;
        foreach (List<int> sentence in target)
        {
            bool[] marked = new bool[sentence.Count];
            foreach (List<int> other in prediction)
            {
                LongestCommonSubsequence.Mark(CollectionsMarshal.AsSpan(sentence), CollectionsMarshal.AsSpan(other), marked);
            }

            for (int i = 0; i < marked.Length; i++)
            {
                if (marked[i] && TakeBoth(leftInTarget, leftInPrediction, sentence[i]))
                {
                    hits++;
                }
            }
        }

        return new Overlap(hits, prediction.Sum(sentence => sentence.Count), target.Sum(sentence => sentence.Count));
    }

    private static bool TakeBoth(Dictionary<int, int> first, Dictionary<int, int> second, int word)
    {
        if (first.GetValueOrDefault(word) == 0 || second.GetValueOrDefault(word) == 0)
        {
            return false;
        }

        first[word]--;
        second[word]--;
        return true;
    }

    private static Dictionary<int, int> CountWords(List<List<int>> sentences)
    {
        Dictionary<int, int> counts = [];
        foreach (List<int> sentence in sentences)
        {
            foreach (int word in sentence)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            }
        }

        return counts;
    }
}
