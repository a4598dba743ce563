using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Rouge;
using Heed.Text.Metrics.Significance;

namespace Heed.Text.Tests.Metrics.Significance;

public sealed class BootstrapResamplingTests
{
    private static readonly string[] References = RandomSentences.References(seed: 1, count: 400);
    private static readonly string[] Outputs = RandomSentences.Outputs(seed: 2, References, errorRate: 0.3);

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_does_not()
    {
        SegmentStatistics statistics = new BleuMetric().Measure(Outputs, [References]);

        Assert.Equal(new BootstrapResampling().Scores(statistics), new BootstrapResampling().Scores(statistics));
        Assert.NotEqual(new BootstrapResampling().Scores(statistics), new BootstrapResampling { Seed = 1 }.Scores(statistics));
    }

    [Fact]
    public void The_interval_of_a_mean_is_that_of_the_central_limit_theorem()
    {
        var metric = new RougeMetric();
        SegmentStatistics statistics = metric.Measure(Outputs, [References]);
        double[] scores = [.. Outputs.Select((output, i) => metric.Sentence(output, [References[i]]).Value)];
        double mean = scores.Average();
        double deviation = Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / scores.Length);

        ConfidenceInterval interval = new BootstrapResampling { Resamples = 4000 }.Estimate(statistics);

        double expected = 1.96 * deviation / Math.Sqrt(scores.Length);
        Assert.Equal(mean, interval.Mean, expected / 10);
        Assert.InRange(interval.HalfWidth, 0.95 * expected, 1.05 * expected);
    }

    [Fact]
    public void Every_segment_is_drawn_equally_often()
    {
        // The statistics tell which segment was drawn: 3 segments of 1, 100 and 10000 words.
        string[] lines = [.. new[] { 1, 100, 10_000 }.Select(n => string.Join(' ', Enumerable.Repeat("w", n)))];
        SegmentStatistics lengths = new LengthMetric().Measure(lines, [lines]);

        double mean = new BootstrapResampling { Resamples = 30_000 }.Scores(lengths).Average();

        // Three draws of mean 3367 each; the standard error is 27.
        Assert.InRange(mean, 10_101 - 110, 10_101 + 110);
    }

    [Fact]
    public void Equal_segments_leave_no_doubt()
    {
        string[] lines = [.. Enumerable.Repeat("always the same words", 50)];

        ConfidenceInterval interval = new BootstrapResampling().Estimate(new BleuMetric().Measure(lines, [lines]));

        Assert.Equal(100, interval.Mean, 1e-9);
        Assert.Equal(0, interval.HalfWidth);
    }

    [Fact]
    public void The_interval_leaves_out_one_in_forty_at_each_end()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(i => (double)i).Reverse()];

        ConfidenceInterval interval = ConfidenceInterval.Of(scores);

        Assert.Equal(new ConfidenceInterval(499.5, 0.5 * (974 - 25)), interval);
        Assert.Equal("μ = 499.5 ± 474.5", interval.Format(1));
    }

    [Fact]
    public void The_score_tells_the_interval_and_the_signature_how_it_was_made()
    {
        BleuScore plain = new BleuMetric().Corpus(Outputs, [References]);
        BleuScore score = new BleuMetric().Corpus(Outputs, [References], new BootstrapResampling { Resamples = 200, Seed = 7 });

        Assert.Equal(plain.Value, score.Value);
        Assert.Equal($"nrefs:1|bs:200|seed:7|case:mixed|eff:no|tok:13a|smooth:exp|version:{CorpusMetric.Version}", score.Signature);
        Assert.Matches(@"^BLEU = \d+\.\d\d \(μ = \d+\.\d\d ± \d\.\d\d\) \d+\.\d/", score.Format());
        Assert.Null(plain.Interval);
    }

    [Fact]
    public void One_resample_is_too_few() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapResampling { Resamples = 1 });

    private sealed class LengthMetric : CorpusMetric
    {
        public override string Name => "length";

        public override int StatisticsWidth => 1;

        protected override string Settings => "length";

        protected internal override SegmentMeter CreateMeter() => new Meter();

        protected internal override MetricScore Combine(ReadOnlySpan<long> sums) => new Length(sums[0]);

        private sealed record Length(double Words) : MetricScore("length", Words);

        private sealed class Meter : SegmentMeter
        {
            public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics) =>
                statistics[0] = hypothesis.Split(' ').Length;
        }
    }
}
