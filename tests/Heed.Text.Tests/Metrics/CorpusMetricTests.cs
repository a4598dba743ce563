using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;

namespace Heed.Text.Tests.Metrics;

public sealed class CorpusMetricTests
{
    public static TheoryData<string> Names => [.. MetricCatalog.Names];

    private static CorpusMetric Metric(string name) => Assert.Single(MetricCatalog.Create(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Statistics_add_up_to_the_score_of_the_text(string name)
    {
        string[] references = RandomSentences.References(seed: 1, count: 500);
        string[] outputs = RandomSentences.Outputs(seed: 2, references, errorRate: 0.3);
        CorpusMetric metric = Metric(name);

        SegmentStatistics statistics = metric.Measure(outputs, [references]);

        Assert.Equal(500, statistics.Count);
        Assert.Equal(metric.Corpus(outputs, [references]).Value, metric.Score(statistics).Value);
        for (int i = 0; i < 20; i++)
        {
            SegmentStatistics one = metric.Measure([outputs[i]], [[references[i]]]);
            Assert.Equal(one[0].ToArray(), statistics[i].ToArray());
            Assert.Equal(metric.Sentence(outputs[i], [references[i]]).Value, metric.Score(one).Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_the_segments_does_not_matter(string name)
    {
        string[] references = RandomSentences.References(seed: 3, count: 300);
        string[] outputs = RandomSentences.Outputs(seed: 4, references, errorRate: 0.3);
        MetricScore score = Metric(name).Corpus(outputs, [references]);

        Array.Reverse(references);
        Array.Reverse(outputs);

        Assert.Equal(score.Value, Metric(name).Corpus(outputs, [references]).Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reference_itself_is_perfect_and_noise_makes_it_worse(string name)
    {
        string[] references = RandomSentences.References(seed: 5, count: 200);
        CorpusMetric metric = Metric(name);
        double perfect = metric.Corpus(references, [references]).Value;
        double good = metric.Corpus(RandomSentences.Outputs(6, references, 0.1), [references]).Value;
        double bad = metric.Corpus(RandomSentences.Outputs(6, references, 0.5), [references]).Value;

        Assert.Equal(metric.HigherIsBetter ? 100 : 0, perfect, 1e-9);
        Assert.True(metric.HigherIsBetter ? perfect > good && good > bad : perfect < good && good < bad, $"{perfect} {good} {bad}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_reference_is_as_if_it_were_not_there(string name)
    {
        CorpusMetric metric = Metric(name);

        MetricScore some = metric.Corpus(["the red house", "a dog"], [["the red house", "a dog runs"], [null, "the dog"]]);
        MetricScore first = metric.Corpus(["the red house"], [["the red house"]]);

        Assert.StartsWith("nrefs:var|", some.Signature, StringComparison.Ordinal);
        Assert.StartsWith("nrefs:1|", first.Signature, StringComparison.Ordinal);
        Assert.Equal(
            metric.Measure(["the red house"], [["the red house"]])[0].ToArray(),
            metric.Measure(["the red house", "a dog"], [["the red house", "a dog runs"], [null, "the dog"]])[0].ToArray());
    }

    [Fact]
    public void Lists_that_do_not_belong_together_are_refused_with_their_lengths()
    {
        var metric = new BleuMetric();

        Assert.Contains("3 hypotheses but 2 references in list 2 of 2", Message(() => metric.Corpus(["a", "b", "c"], [["a", "b", "c"], ["a", "b"]])), StringComparison.Ordinal);
        Assert.Contains("no hypotheses", Message(() => metric.Corpus([], [[]])), StringComparison.Ordinal);
        Assert.Contains("no references", Message(() => metric.Corpus(["a"], [])), StringComparison.Ordinal);
        Assert.Contains("no references", Message(() => metric.Sentence("a", [])), StringComparison.Ordinal);
        Assert.Contains("Segment 2 has no reference", Message(() => metric.Corpus(["a", "b"], [["a", null], ["a", null]])), StringComparison.Ordinal);
        Assert.Contains("Hypothesis 2 is null", Message(() => metric.Corpus(["a", null!], [["a", "b"]])), StringComparison.Ordinal);
        Assert.Contains("another metric", Message(() => metric.Score(new BleuMetric().Measure(["a"], [["a"]]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_of_ones_own_gets_intervals_too()
    {
        var metric = new ExactMatch();
        string[] outputs = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? "right" : "wrong")];
        string[] references = [.. Enumerable.Repeat("right", 400)];

        MetricScore score = metric.Corpus(outputs, [references], new BootstrapResampling());

        Assert.Equal(25, score.Value);
        Assert.InRange(score.Interval!.Value.HalfWidth, 3.5, 5); // 1.96 * sqrt(0.25 * 0.75 / 400) is 4.2
        Assert.Equal($"nrefs:1|bs:1000|seed:12345|exact|version:{CorpusMetric.Version}", score.Signature);
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private sealed class ExactMatch : CorpusMetric
    {
        public override string Name => "exact";

        public override int StatisticsWidth => 2;

        protected override string Settings => "exact";

        protected internal override SegmentMeter CreateMeter() => new Meter();

        protected internal override MetricScore Combine(ReadOnlySpan<long> sums) => new Share(100.0 * sums[0] / sums[1]);

        private sealed record Share(double Percent) : MetricScore("exact", Percent);

        private sealed class Meter : SegmentMeter
        {
            public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
            {
                statistics[0] = references.Contains(hypothesis) ? 1 : 0;
                statistics[1] = 1;
            }
        }
    }
}
