using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;
using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Significance;

/// <summary>Both paired tests: the bootstrap and approximate randomisation.</summary>
public sealed class PairedTests
{
    private static readonly string[] References = RandomSentences.References(seed: 1, count: 300);
    private static readonly BleuMetric Bleu = new();

    private static SegmentStatistics Measure(CorpusMetric metric, int seed, double errorRate) =>
        metric.Measure(RandomSentences.Outputs(seed, References, errorRate), [References]);

    private static PairedComparison[] Both(SegmentStatistics baseline, SegmentStatistics system) =>
    [
        PairedBootstrap.Compare(baseline, system),
        new PairedApproximateRandomization { Trials = 2000 }.Compare(baseline, system),
    ];

    [Fact]
    public void A_system_does_not_differ_from_itself()
    {
        SegmentStatistics same = Measure(Bleu, seed: 2, errorRate: 0.3);

        Assert.All(Both(same, same), comparison => Assert.Equal((0, 1), (comparison.Difference, comparison.PValue)));
    }

    [Fact]
    public void A_clearly_better_system_differs()
    {
        SegmentStatistics bad = Measure(Bleu, seed: 2, errorRate: 0.5), good = Measure(Bleu, seed: 3, errorRate: 0.2);

        Assert.All(Both(bad, good), comparison =>
        {
            Assert.True(comparison.Difference > 10, comparison.Difference.ToString());
            Assert.InRange(comparison.PValue, 0, 0.002);
            Assert.EndsWith(")*", comparison.FormatPValue(), StringComparison.Ordinal);
        });
        Assert.Equal(1, PairedBootstrap.Compare(bad, good).WinRate);
        Assert.Equal(0, PairedBootstrap.Compare(good, bad).WinRate);
    }

    [Fact]
    public void The_smallest_p_value_is_one_in_the_trials_and_one()
    {
        SegmentStatistics bad = Measure(Bleu, seed: 2, errorRate: 0.9), good = Measure(Bleu, seed: 3, errorRate: 0.1);
        PairedComparison comparison = PairedBootstrap.Compare(bad, good, new BootstrapResampling { Resamples = 499 });

        Assert.Equal(1.0 / 500, comparison.PValue);
        Assert.Equal("(p = 0.0020)*", comparison.FormatPValue());
    }

    [Fact]
    public void Systems_of_equal_quality_seldom_differ()
    {
        int falseAlarms = 0;
        for (int seed = 10; seed < 30; seed++)
        {
            SegmentStatistics first = Measure(Bleu, seed, errorRate: 0.3), second = Measure(Bleu, seed + 100, errorRate: 0.3);
            falseAlarms += new PairedApproximateRandomization { Trials = 300 }.Compare(first, second).PValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(falseAlarms, 0, 4); // 1 of 20 is expected; 5 or more has probability 0.003
    }

    [Fact]
    public void Fewer_errors_win_where_less_is_better()
    {
        var ter = new TerMetric();
        SegmentStatistics bad = Measure(ter, seed: 2, errorRate: 0.5), good = Measure(ter, seed: 3, errorRate: 0.2);

        PairedComparison comparison = PairedBootstrap.Compare(bad, good);

        Assert.True(comparison.Difference < 0);
        Assert.Equal(1, comparison.WinRate);
    }

    [Fact]
    public void The_signatures_tell_the_test()
    {
        SegmentStatistics a = Measure(Bleu, seed: 2, errorRate: 0.3), b = Measure(Bleu, seed: 3, errorRate: 0.3);
        PairedComparison[] both = Both(a, b);

        Assert.StartsWith("nrefs:1|bs:1000|seed:12345|case:", both[0].System.Signature, StringComparison.Ordinal);
        Assert.StartsWith("nrefs:1|ar:2000|seed:12345|case:", both[1].Baseline.Signature, StringComparison.Ordinal);
        Assert.NotNull(both[0].Baseline.Interval);
        Assert.Null(both[1].Baseline.Interval);
        Assert.Null(both[1].WinRate);
        Assert.Equal(new BootstrapResampling().Estimate(a), both[0].Baseline.Interval);
    }

    [Fact]
    public void Results_that_do_not_belong_together_are_refused()
    {
        SegmentStatistics all = Measure(Bleu, seed: 2, errorRate: 0.3), one = Bleu.Measure(["a"], [["a"]]);

        Assert.Contains("300 segments and the system 1", Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare(all, one)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "two metrics",
            Assert.Throws<ArgumentException>(() => new PairedApproximateRandomization().Compare(all, Measure(new TerMetric(), 2, 0.3))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedApproximateRandomization { Trials = 0 });
    }
}
