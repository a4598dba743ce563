using Heed.Training.Compare;
using Heed.Training.Compare.Report;

namespace Heed.Training.Tests.Compare;

public sealed class VerdictsTests
{
    [Fact]
    public void A_slope_is_the_power_of_the_growth()
    {
        Measurement[] points = [.. new[] { 8, 16, 32, 64 }.Select(x => new Measurement("time", "GRU", x, 3 * Math.Pow(x, 1.5)))];
        Assert.Equal(1.5, Verdicts.Slope(points), 1e-9);
        Assert.Contains("GRU 1.50", Verdicts.Slopes(Series(points), "time", "and so on."), StringComparison.Ordinal);
    }

    [Fact]
    public void An_advantage_is_said()
    {
        string text = Verdicts.Distance(Series(At("GRU", 10, 0.9), At("GRU", 20, 0.2), At("GRU + Bahdanau", 10, 1), At("GRU + Bahdanau", 20, 0.99)), trained: 10, "tokens", chance: 0.1);
        Assert.Contains("At 10 tokens, the most that was trained on, the best model without attention (GRU) has 90.0\u00a0%, the best with attention (GRU + Bahdanau) 100.0\u00a0%: no clear difference", text, StringComparison.Ordinal);
        Assert.DoesNotContain("guessing", text, StringComparison.Ordinal);
        Assert.Contains("(GRU) has 20.0\u00a0%, the best with attention (GRU + Bahdanau) 99.0\u00a0%.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_result_that_was_not_expected()
    {
        string text = Verdicts.Distance(Series(At("GRU", 10, 1), At("GRU", 20, 0.9), At("Transformer", 10, 1), At("Transformer", 20, 0.3)), trained: 12, "tokens", chance: 0.1);
        Assert.Contains("attention is behind here", text, StringComparison.Ordinal);
        Assert.Contains("Transformer learned the trained distances but not beyond them", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_never_learned_is_named()
    {
        string text = Verdicts.Distance(Series(At("RNN", 10, 0.55), At("GRU", 10, 0.52), At("Transformer", 10, 1)), trained: 10, "tokens", chance: 0.5);
        Assert.Contains("No better than guessing at any distance, near ones included: RNN, GRU.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_whoever_has_attention_and_did_not_learn_to_use_it()
    {
        string text = Verdicts.Distance(Series(At("LSTM", 10, 0.6), At("GRU + Bahdanau", 10, 1), At("Transformer", 10, 0.7)), trained: 10, "tokens", chance: 0.5);
        Assert.Contains("in these steps Transformer (70.0\u00a0%) did not fully learn where to look", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_of_long_sentences_is_said_where_they_were_trained_and_beyond()
    {
        string text = Verdicts.LongSentences(Series(At("GRU", 5, 50), At("GRU", 10, 30), At("GRU", 30, 10), At("Transformer", 5, 60), At("Transformer", 10, 60), At("Transformer", 30, 15)), trained: 10);
        Assert.Contains("GRU 50.0 → 30.0 → 10.0, Transformer 60.0 → 60.0 → 15.0.", text, StringComparison.Ordinal);
        Assert.Contains("At 10 words, the most that was trained on, models without attention keep on average 60 % of their score, models with attention 100 %.", text, StringComparison.Ordinal);
        Assert.Contains("At 30 words, longer than any model had seen, all fall alike: models without attention keep on average 20 % of their score, models with attention 25 %.", text, StringComparison.Ordinal);
        Assert.Contains("the expected gap does not show", Verdicts.LongSentences(Series(At("GRU", 5, 50), At("GRU", 30, 40), At("Transformer", 5, 60), At("Transformer", 30, 45)), trained: 30), StringComparison.Ordinal);
        Assert.Contains("attention loses more here", Verdicts.LongSentences(Series(At("GRU", 5, 50), At("GRU", 30, 50), At("Transformer", 5, 60), At("Transformer", 30, 15)), trained: 30), StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_begins_where_the_loss_stays_small()
    {
        string text = Verdicts.Learned(Series(At("GRU", 100, 0.005), At("GRU", 200, 0.02), At("GRU", 300, 0.009), At("GRU", 400, 0.001), At("Transformer", 300, 0.001), At("Transformer", 400, 0.012)));
        Assert.Equal("The loss falls below 0.01 for good: GRU at step 300, Transformer never (its last loss is 0.012).", text);
    }

    [Fact]
    public void Gradients_are_judged_where_they_stay_below_a_thousandth()
    {
        string text = Verdicts.Gradient(Series(At("RNN", 0, 1), At("RNN", 1, 1e-4), At("RNN", 2, 1e-2), At("RNN", 3, 1e-5), At("Transformer", 0, 1), At("Transformer", 3, 0.5)));
        Assert.Contains("RNN: below a thousandth from distance 3 on", text, StringComparison.Ordinal);
        Assert.Contains("Transformer: 0.5 of the largest is left at distance 3", text, StringComparison.Ordinal);
    }

    private static Measurement At(string architecture, double x, double value) => new("chart", architecture, x, value);

    private static ILookup<string, Measurement> Series(params Measurement[] points) => points.ToLookup(point => point.Architecture);
}
