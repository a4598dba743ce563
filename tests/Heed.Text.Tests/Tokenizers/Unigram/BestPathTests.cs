using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

public sealed class BestPathTests
{
    [Fact]
    public void The_split_found_is_the_best_of_all()
    {
        var search = new BestPath();
        var path = new List<(int Piece, int Start)>();
        for (ulong seed = 0; seed < 500; seed++)
        {
            var random = new SplitMix64(seed);
            var (pieces, model) = AllSplits.RandomModel(ref random);
            string text = AllSplits.RandomWord(ref random, (int)(seed % 10));
            var best = AllSplits.Of(text, pieces, model).MaxBy(split => split.Score);
            double score = search.Find(model, AllSplits.CodePoints(text), path);
            Assert.True(Math.Abs(best.Score - score) < 1e-9, $"seed {seed}: {score} instead of {best.Score}");
            Assert.True(best.Path.SequenceEqual(path.Select(step => step.Piece)), $"seed {seed}");
        }
    }

    [Fact]
    public void A_forbidden_piece_is_not_used()
    {
        string[] pieces = ["a", "b", "ab"];
        var model = new UnigramModel(pieces, [-2, -2, -1]);
        var path = new List<(int Piece, int Start)>();
        Assert.Equal(-1, new BestPath().Find(model, AllSplits.CodePoints("ab"), path));
        Assert.Equal([(2, 0)], path);
        Assert.Equal(-4, new BestPath().Find(model, AllSplits.CodePoints("ab"), path, forbidden: 2));
        Assert.Equal([(0, 0), (1, 1)], path);
    }
}
