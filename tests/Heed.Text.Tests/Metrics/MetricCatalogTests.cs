using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Tests.Metrics;

public sealed class MetricCatalogTests
{
    [Fact]
    public void Every_name_makes_its_metric()
    {
        Assert.Equal(
            ["BLEU", "chrF2", "chrF2++", "TER", "ROUGE-1", "ROUGE-2", "ROUGE-L", "ROUGE-Lsum"],
            MetricCatalog.Names.Select(name => Assert.Single(MetricCatalog.Create(name)).Name));
        Assert.Equal("BLEU", Assert.Single(MetricCatalog.Create("Bleu")).Name);
        Assert.Equal(["ROUGE-1", "ROUGE-2", "ROUGE-L"], MetricCatalog.Create("rouge").Select(metric => metric.Name));
    }

    [Fact]
    public void Options_reach_the_metrics_that_have_them()
    {
        var options = new MetricOptions { Tokenizer = BleuTokenizer.Characters, Smoothing = BleuSmoothing.Floor(), Lowercase = true };
        Assert.Equal(new BleuConfig { Tokenizer = BleuTokenizer.Characters, Smoothing = BleuSmoothing.Floor(), Lowercase = true }, Metric<BleuMetric>("bleu", options).Config);
        Assert.Equal(new ChrFConfig { Lowercase = true }, Metric<ChrFMetric>("chrf", options).Config);
        Assert.Equal(ChrFConfig.PlusPlus with { Lowercase = true }, Metric<ChrFMetric>("chrf++", options).Config);
    }

    private static T Metric<T>(string name, MetricOptions options) => Assert.IsType<T>(Assert.Single(MetricCatalog.Create(name, options)));

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => MetricCatalog.Create("meteor")).Message;

        Assert.Contains("'meteor'", message, StringComparison.Ordinal);
        Assert.Contains("bleu, chrf, chrf++, ter, rouge1, rouge2, rougeL, rougeLsum", message, StringComparison.Ordinal);
    }
}
