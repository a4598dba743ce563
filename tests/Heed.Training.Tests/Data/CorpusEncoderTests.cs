using Heed.Models.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

public sealed class CorpusEncoderTests
{
    private static readonly LengthFilter Filter = new() { MaxTokens = 5, MaxRatio = 3 };

    // A word's id is its length.
    private static int[] Encode(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Length)];

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("w", count));

    [Theory]
    [InlineData(0, 1, DropReason.Empty)]
    [InlineData(1, 0, DropReason.Empty)]
    [InlineData(0, 0, DropReason.Empty)]
    [InlineData(6, 5, DropReason.TooLong)]
    [InlineData(2, 6, DropReason.TooLong)]
    [InlineData(5, 1, DropReason.LengthRatio)]
    [InlineData(1, 4, DropReason.LengthRatio)]
    [InlineData(1, 3, null)]
    [InlineData(5, 5, null)]
    public void The_filter_decides_by_length(int source, int target, DropReason? expected) => Assert.Equal(expected, Filter.Check(source, target));

    [Fact]
    public void The_report_counts_and_shows_the_first_lines()
    {
        SentencePair[] pairs = [new("a bb", "ccc"), new("", "x"), .. Enumerable.Repeat(new SentencePair(Words(6), Words(6)), 7), new("x", Words(5)), new("d", "e")];
        var corpus = new CorpusEncoder(Encode, Encode, Filter).Encode(pairs, out var report);

        Assert.Equal(2, corpus.Count);
        Assert.Equal([1, 2], corpus.Source(0));
        Assert.Equal([3], corpus.Target(0));
        Assert.Equal((11, 2), (report.Total, report.Kept));
        Assert.Equal([3L, 4, 5, 6, 7], report.FirstLines(DropReason.TooLong));
        Assert.Equal("kept 2 of 11 pairs; dropped 1 with an empty side (line 2), 7 with more than 5 tokens on a side (line 3, 4, 5, 6, 7, ...), " +
            "1 with one side more than 3 times as long as the other (line 10)", report.ToString());
    }

    [Fact]
    public void Where_nothing_is_left_the_report_is_the_error()
    {
        var error = Assert.Throws<InvalidDataException>(() => new CorpusEncoder(Encode, Encode, Filter).Encode([new("", "")], out _));
        Assert.Equal("no sentence pair is left to train on: kept 0 of 1 pairs; dropped 1 with an empty side (line 1)", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void The_order_and_the_result_do_not_depend_on_the_threads(int threads)
    {
        var random = new Random(4);
        SentencePair[] pairs = [.. Enumerable.Range(0, 10_000).Select(i => new SentencePair(new string('s', i % 977), new string('t', random.Next(50))))];
        static int[] Slow(string text)
        {
            Thread.SpinWait(text.Length); // so that later items often finish first
            return [text.Length, 1];
        }

        var corpus = new CorpusEncoder(Slow, Slow, Filter, threads).Encode(pairs, out _);

        Assert.Equal(pairs.Length, corpus.Count);
        for (int i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(pairs[i].Source.Length, corpus.Source(i)[0]);
            Assert.Equal(pairs[i].Target.Length, corpus.Target(i)[0]);
        }
    }

    [Fact]
    public void Streaming_reads_no_further_than_it_must_and_gives_the_same_pairs()
    {
        int read = 0;
        IEnumerable<SentencePair> Endless()
        {
            while (true)
            {
                read++;
                yield return new SentencePair("a bb", read % 2 == 0 ? "" : "ccc");
            }
        }

        var pairs = new CorpusEncoder(Encode, Encode, Filter).Stream(Endless()).Take(10).ToArray();

        Assert.All(pairs, pair => Assert.Equal([3], pair.Target));
        Assert.InRange(read, 19, 10_000);
    }

    [Fact]
    public void Senseless_limits_are_refused()
    {
        Assert.Throws<ConfigException>(() => new LengthFilter { MaxTokens = 0 }.Validate());
        Assert.Throws<ConfigException>(() => new LengthFilter { MaxRatio = double.NaN }.Validate());
        var error = Assert.Throws<ConfigException>(() => new CorpusEncoder(Encode, Encode, new LengthFilter { MaxRatio = 0.5 }).Encode([], out _));
        Assert.Equal("maxRatio is 0.5, but the longer side is always at least as long as the shorter; it must be at least 1", error.Message);
    }

    [Fact]
    public void The_work_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CorpusEncoder(Encode, Encode, Filter).Encode([new("a", "b")], out _, stop.Token));
    }
}
