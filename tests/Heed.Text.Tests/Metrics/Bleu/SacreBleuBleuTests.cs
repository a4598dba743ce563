using System.Text.Json.Nodes;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Tests.Metrics.Bleu;

/// <summary>BLEU against the expectations of sacreBLEU's test_bleu.py and test_sentence_bleu.py.</summary>
public sealed class SacreBleuBleuTests
{
    private static SacreBleuCases Corpus => SacreBleuCases.Of("test_bleu.py");

    private static SacreBleuCases Sentence => SacreBleuCases.Of("test_sentence_bleu.py");

    /// <summary>What sacreBLEU calls raw_corpus_bleu.</summary>
    private static BleuMetric Raw(double floor) => new(new BleuConfig
    {
        Tokenizer = BleuTokenizer.None,
        Smoothing = BleuSmoothing.Floor(floor),
        EffectiveOrder = true,
        Force = true,
    });

    [Theory]
    [InlineData("test_raw_bleu_cases")]
    [InlineData("test_case_effective_order")]
    public void Raw_scores_agree(string group)
    {
        SacreBleuCases cases = Corpus;
        cases.ForEach(group, item => Assert.Equal(
            item[2]!.GetValue<double>(),
            Raw(0.01).Corpus(SacreBleuCases.Strings(item[0]), SacreBleuCases.Streams(item[1])).Value / 100,
            cases.Tolerance));
    }

    [Fact]
    public void Corpus_scores_agree()
    {
        SacreBleuCases cases = Corpus;
        cases.ForEach("test_corpus_bleu_cases", item =>
        {
            var config = new BleuConfig
            {
                Tokenizer = BleuTokenizer.FromName(item[2]!["tokenize"]?.GetValue<string>() ?? "13a"),
                Smoothing = BleuSmoothing.FromName(item[2]!["smooth_method"]?.GetValue<string>() ?? "exp"),
            };
            BleuScore score = new BleuMetric(config).Corpus(SacreBleuCases.Strings(item[0]), SacreBleuCases.Streams(item[1]));
            Assert.Equal(item[3]!.GetValue<double>(), score.Value, cases.Tolerance);
        });
    }

    [Fact]
    public void Floor_values_agree()
    {
        SacreBleuCases cases = Corpus;
        cases.ForEach("test_case_offset", item =>
        {
            string[] hypotheses = SacreBleuCases.Strings(item[0]);
            IReadOnlyList<string>[] references = SacreBleuCases.Streams(item[1]);
            Assert.Equal(item[2]!.GetValue<double>(), Raw(0.1).Corpus(hypotheses, references).Value / 100, cases.Tolerance);
            Assert.Equal(item[3]!.GetValue<double>(), Raw(0).Corpus(hypotheses, references).Value / 100, cases.Tolerance);
        });
    }

    [Fact]
    public void Counts_agree() => Corpus.ForEach("test_case_statistics", item =>
    {
        BleuScore score = Raw(0.01).Corpus(SacreBleuCases.Strings(item[0]), SacreBleuCases.Streams(item[1]));
        Assert.Equal(SacreBleuCases.Numbers(item[2]!["common"]), score.Matches);
        Assert.Equal(SacreBleuCases.Numbers(item[2]!["total"]), score.Totals);
    });

    [Fact]
    public void Scores_from_counts_agree()
    {
        SacreBleuCases cases = Corpus;
        var metric = new BleuMetric(new BleuConfig { Smoothing = BleuSmoothing.None });
        cases.ForEach("test_case_scoring", item =>
            Assert.Equal(item[1]!.GetValue<double>(), FromCounts(metric, item[0]!).Value / 100, cases.Tolerance));
        cases.ForEach("test_case_degenerate_stats", item =>
        {
            var floor = new BleuMetric(new BleuConfig { Smoothing = BleuSmoothing.Floor(item[1]!.GetValue<double>()) });
            Assert.Equal(item[2]!.GetValue<double>(), FromCounts(floor, item[0]!).Value);
        });
    }

    private static BleuScore FromCounts(BleuMetric metric, JsonNode counts) => metric.FromCounts(
        SacreBleuCases.Numbers(counts[0]!["common"]),
        SacreBleuCases.Numbers(counts[0]!["total"]),
        counts[1]!.GetValue<long>(),
        counts[2]!.GetValue<long>());

    [Fact]
    public void Other_orders_agree() => Corpus.ForEach("test_bleu_max_order", item =>
    {
        var metric = new BleuMetric(new BleuConfig { MaxOrder = item[0]!.GetValue<int>() });
        BleuScore score = metric.Corpus(SacreBleuCases.Strings(item[1]), SacreBleuCases.Streams(item[2]));
        Assert.StartsWith($"BLEU = {item[3]!.GetValue<string>()} ", score.Format(), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("test_cases", "SYS", "REF")]
    [InlineData("test_cases_zero_bleu", "SYS_0", "REF_0")]
    public void Sentence_scores_agree(string group, string hypothesis, string reference)
    {
        SacreBleuCases cases = Sentence;
        cases.ForEach(group, item =>
        {
            var config = new BleuConfig
            {
                Smoothing = BleuSmoothing.FromName(item[0]!.GetValue<string>(), item[1]?.GetValue<double>()),
                Lowercase = item[2]!.GetValue<bool>(),
                Tokenizer = BleuTokenizer.FromName(item[3]!.GetValue<string>()),
                EffectiveOrder = true,
            };
            BleuScore score = new BleuMetric(config).Sentence(cases.Text(hypothesis), [cases.Text(reference)]);
            Assert.Equal(item[4]!.GetValue<double>(), score.Value, cases.Tolerance);
        });
    }

    // The lines that sacreBLEU's README shows for the same sentences.
    [Fact]
    public void The_printed_lines_agree()
    {
        string[] hypotheses = SacreBleuCases.Strings(Corpus.Group("_hyps"));
        IReadOnlyList<string?>[] references = SacreBleuCases.Streams(Corpus.Group("_refs"));
        var metric = new BleuMetric();

        BleuScore score = metric.Corpus(hypotheses, references);
        Assert.Equal("BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)", score.Format());
        Assert.StartsWith("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:heed-", score.Signature, StringComparison.Ordinal);

        references[0] = [null, .. references[0].Skip(1)];
        BleuScore oneMissing = metric.Corpus(hypotheses, references);
        Assert.Equal("BLEU = 29.44 82.4/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)", oneMissing.Format());
        Assert.StartsWith("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:heed-", oneMissing.Signature, StringComparison.Ordinal);
    }
}
