using Heed.Text.Metrics.ChrF;

namespace Heed.Text.Tests.Metrics.ChrF;

/// <summary>chrF against the expectations of sacreBLEU's test_chrf.py.</summary>
public sealed class SacreBleuChrFTests
{
    private static readonly ChrFConfig Beta3 = new() { Beta = 3 };

    private static void CheckCorpus(string group, ChrFConfig config)
    {
        SacreBleuCases cases = SacreBleuCases.Of("test_chrf.py");
        cases.ForEach(group, item => Assert.Equal(
            item[2]!.GetValue<double>(),
            new ChrFMetric(config).Corpus(SacreBleuCases.Strings(item[0]), [SacreBleuCases.Strings(item[1])]).Value,
            cases.Tolerance));
    }

    [Fact]
    public void Scores_with_epsilon_smoothing_agree() => CheckCorpus("test_cases", Beta3 with { EpsilonSmoothing = true });

    [Fact]
    public void Scores_with_effective_order_agree() => CheckCorpus("test_cases_effective_order", Beta3);

    [Fact]
    public void Scores_with_white_space_agree() => CheckCorpus("test_cases_keep_whitespace", Beta3 with { Whitespace = true });

    [Fact]
    public void Sentence_scores_agree()
    {
        SacreBleuCases cases = SacreBleuCases.Of("test_chrf.py");
        var metric = new ChrFMetric(new ChrFConfig { EpsilonSmoothing = true });
        cases.ForEach("test_sentence_level_chrf", item => Assert.Equal(
            item[2]!.GetValue<double>(),
            metric.Sentence(item[0]!.GetValue<string>(), SacreBleuCases.Strings(item[1])).Value,
            cases.Tolerance));
    }

    // The line that sacreBLEU's README shows for the sentences of test_bleu.py.
    [Fact]
    public void The_printed_line_agrees()
    {
        SacreBleuCases cases = SacreBleuCases.Of("test_bleu.py");

        ChrFScore score = new ChrFMetric().Corpus(
            SacreBleuCases.Strings(cases.Group("_hyps")), SacreBleuCases.Streams(cases.Group("_refs")));

        Assert.Equal("chrF2 = 59.73", score.Format());
    }
}
