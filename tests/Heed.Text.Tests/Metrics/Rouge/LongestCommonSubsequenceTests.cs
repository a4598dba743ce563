using Heed.Text.Metrics.Rouge;

namespace Heed.Text.Tests.Metrics.Rouge;

public sealed class LongestCommonSubsequenceTests
{
    [Fact]
    public void The_marked_words_are_a_common_subsequence_of_the_right_length()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            int[] target = Words(random), prediction = Words(random);
            bool[] marked = new bool[target.Length];
            LongestCommonSubsequence.Mark(target, prediction, marked);

            int[] common = [.. target.Where((_, i) => marked[i])];
            int expected = Longest(target, prediction);
            Assert.True(expected == common.Length, $"seed {Seed}, trial {trial}");
            Assert.True(expected == LongestCommonSubsequence.Length(target, prediction), $"seed {Seed}, trial {trial}");
            Assert.True(IsSubsequence(common, prediction), $"seed {Seed}, trial {trial}");
        }
    }

    [Fact]
    public void Of_several_longest_ones_it_is_that_of_the_earlier_words()
    {
        bool[] marked = new bool[4];

        LongestCommonSubsequence.Mark([1, 2, 3, 4], [2, 1, 4, 3], marked);

        // 1 3, 1 4, 2 3 and 2 4 are as long. From the end: 4 against 3 drops a word of the target, 3 is met; then 2
        // against 1 drops the 2.
        Assert.Equal([true, false, true, false], marked);
    }

    private static int[] Words(Random random) => [.. Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(4))];

    private static bool IsSubsequence(int[] part, int[] whole)
    {
        int met = 0;
        foreach (int word in whole)
        {
            met += met < part.Length && part[met] == word ? 1 : 0;
        }

        return met == part.Length;
    }

    // Tries all subsequences of the first.
    private static int Longest(int[] a, int[] b) => Enumerable.Range(0, 1 << a.Length)
        .Select(chosen => a.Where((_, i) => (chosen >> i & 1) == 1).ToArray())
        .Where(part => IsSubsequence(part, b))
        .Max(part => part.Length);
}
