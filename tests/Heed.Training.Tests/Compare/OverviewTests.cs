using Heed.Training.Compare;
using Heed.Training.Compare.Report;

namespace Heed.Training.Tests.Compare;

public sealed class OverviewTests
{
    private static readonly string[] Order = ["GRU", "Transformer"];

    [Fact]
    public void A_task_is_shown_at_the_longest_trained_distance_and_all_else_at_the_longest_measured()
    {
        Measurement[] measured =
        [
            new("recall", "GRU", 8, 0.9), new("recall", "GRU", 16, 0.5), new("recall", "GRU", 32, 0.3), new("recall", "Transformer", 16, 1),
            new("speed", "GRU", 8, 100), new("speed", "GRU", 64, 70),
        ];
        string table = Overview.Table([Spec("recall") with { Glance = "recall", Unit = "items", IsShare = true, TrainedUpTo = 24 }, Spec("speed") with { Glance = "tokens/s", Unit = "tokens" }], ByChart(measured), Order);
        Assert.Contains("recall<small>16 items</small>", table, StringComparison.Ordinal);
        Assert.Contains("tokens/s<small>64 tokens</small>", table, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">GRU</th><td>50 %</td><td>70</td>", table, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Transformer</th><td>100 %</td><td></td>", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_have_one_number_each_and_published_ones_are_not_models()
    {
        string table = Overview.Table([Spec("ladder") with { Glance = "BLEU", IsBars = true }], ByChart(new("ladder", "GRU", 1, 20.8), new("ladder", SvgBars.Published, 1, 20.6)), [.. Order, SvgBars.Published]);
        Assert.Contains("<td>20.8</td>", table, StringComparison.Ordinal);
        Assert.DoesNotContain(SvgBars.Published, table, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_measured_makes_no_table() => Assert.Empty(Overview.Table([Spec("recall") with { Glance = "recall" }, Spec("speed")], ByChart(new Measurement("speed", "GRU", 8, 1)), Order));

    private static ChartSpec Spec(string id) => new() { Id = id, Title = id, XLabel = "x", YLabel = "y", Introduction = string.Empty, Verdict = _ => string.Empty };

    private static ILookup<string, Measurement> ByChart(params Measurement[] measured) => measured.ToLookup(point => point.Chart);
}
