using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

public sealed class EncodedCorpusTests
{
    [Fact]
    public void Pairs_come_back_as_they_were_put_in()
    {
        var pairs = RandomCorpus.Pairs(3000, seed: 1);
        var corpus = EncodedCorpus.From(pairs);

        Assert.Equal(pairs.Length, corpus.Count);
        Assert.Equal(pairs.Sum(p => p.Source.Length + p.Target.Length), corpus.TokenCount);
        for (int i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(pairs[i].Source, corpus.Source(i));
            Assert.Equal(pairs[i].Target, corpus.Target(i));
            Assert.Equal(pairs[i].Source.Length + pairs[i].Target.Length + 2, corpus.TokenCost(i));
        }
    }

    [Fact]
    public void The_fingerprint_changes_with_any_id_and_any_border()
    {
        EncodedPair[] pairs = [new([1, 2], [3]), new([4], [5, 6])];
        ulong original = Fingerprint(pairs);

        Assert.Equal(original, Fingerprint(pairs));
        Assert.Equal(original, Fingerprint(pairs[..1], pairs[1..]));
        EncodedPair[][] others =
        [
            [new([1, 2], [3]), new([4], [5, 7])],
            [new([1], [2, 3]), new([4], [5, 6])],
            [new([4], [5, 6]), new([1, 2], [3])],
            [new([1, 2], [3])],
            [new([1, 2], [3]), new([4], [5, 6]), new([], [])],
        ];
        Assert.All(others, other => Assert.NotEqual(original, Fingerprint(other)));
    }

    private static ulong Fingerprint(params EncodedPair[][] windows)
    {
        var fingerprint = new CorpusFingerprint();
        foreach (EncodedPair[] window in windows)
        {
            fingerprint.Add(EncodedCorpus.From(window));
        }

        return fingerprint.Value;
    }
}
