using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

public sealed class AllPathsTests
{
    [Fact]
    public void Expected_counts_of_one_word_are_those_worked_by_hand()
    {
        // ab as one piece: 1/2; as a, b: 1/4 * 1/4 = 1/16. So ab is expected (1/2) / (9/16) = 8/9 times, a and b 1/9.
        var model = new UnigramModel(["a", "b", "ab"], [Math.Log(0.25), Math.Log(0.25), Math.Log(0.5)]);
        var expected = new double[3];
        double total = new AllPaths().AddExpectedCounts(model, AllSplits.CodePoints("ab"), weight: 9, expected);
        Assert.Equal(Math.Log(9.0 / 16), total, 12);
        Assert.Equal(1, expected[0], 12);
        Assert.Equal(1, expected[1], 12);
        Assert.Equal(8, expected[2], 12);
    }

    [Fact]
    public void Expected_counts_are_the_sums_over_all_splits()
    {
        var paths = new AllPaths();
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new SplitMix64(seed);
            var (pieces, model) = AllSplits.RandomModel(ref random);
            string text = AllSplits.RandomWord(ref random, 1 + (int)(seed % 9));
            var splits = AllSplits.Of(text, pieces, model).ToArray();
            double total = splits.Sum(split => Math.Exp(split.Score));
            var expected = new double[pieces.Length];
            foreach (var (path, score) in splits)
            {
                foreach (int piece in path.Where(piece => piece >= 0))
                {
                    expected[piece] += 3 * Math.Exp(score) / total;
                }
            }

            var found = new double[pieces.Length];
            double logTotal = paths.AddExpectedCounts(model, AllSplits.CodePoints(text), weight: 3, found);
            Assert.True(Math.Abs(Math.Log(total) - logTotal) < 1e-9, $"seed {seed}");
            Assert.All(expected.Zip(found), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-9, $"seed {seed}"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void Splits_are_drawn_as_often_as_they_should(double smoothing)
    {
        const int draws = 20_000;
        var random = new SplitMix64(17);
        string[] pieces = ["a", "b", "ab", "ba", "aba"];
        var model = new UnigramModel(pieces, [-1.5, -2, -2.5, -1.8, -3]);
        var splits = AllSplits.Of("ababa", pieces, model).ToArray();
        double total = splits.Sum(split => Math.Exp(smoothing * split.Score));
        var counts = new Dictionary<string, int>();
        var path = new List<(int Piece, int Start)>();
        for (int i = 0; i < draws; i++)
        {
            new AllPaths().Sample(model, AllSplits.CodePoints("ababa"), smoothing, ref random, path);
            string drawn = string.Join(' ', path.Select(step => step.Piece));
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1;
        }

        foreach (var (split, score) in splits)
        {
            // Five standard deviations of a count.
            double share = Math.Exp(smoothing * score) / total;
            double tolerance = 5 * Math.Sqrt(draws * share * (1 - share)) + 1;
            Assert.InRange(counts.GetValueOrDefault(string.Join(' ', split)), (draws * share) - tolerance, (draws * share) + tolerance);
        }
    }
}
