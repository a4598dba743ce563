using Heed.Text.Metrics;

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
    public void An_unknown_name_lists_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => MetricCatalog.Create("meteor")).Message;

        Assert.Contains("'meteor'", message, StringComparison.Ordinal);
        Assert.Contains("bleu, chrf, chrf++, ter, rouge1, rouge2, rougeL, rougeLsum", message, StringComparison.Ordinal);
    }
}
