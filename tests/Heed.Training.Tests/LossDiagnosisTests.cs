namespace Heed.Training.Tests;

public sealed class LossDiagnosisTests
{
    private static LossDiagnosis New(LossTrend? trend = null) => new(Math.Log(8000), "check the data") { Trend = trend ?? new LossTrend() };

    [Theory]
    [InlineData(double.NaN, 1, "the loss")]
    [InlineData(double.PositiveInfinity, double.NaN, "the loss")]
    [InlineData(2.5, double.NaN, "the gradient")]
    [InlineData(2.5, double.PositiveInfinity, "the gradient")]
    public void A_loss_or_gradient_that_is_no_number_is_explained(double loss, double norm, string what)
    {
        string problem = LossDiagnosis.Explosion(new StepResult(120, 1, loss, norm, 0.25, 100))!;
        Assert.StartsWith($"step 120: {what} is no longer a number (loss ", problem);
        Assert.Contains("learning rate 0.25); lower training.learningRate, lengthen training.warmupSteps, or set training.clipNorm", problem);
    }

    [Fact]
    public void Numbers_need_no_explanation() => Assert.Null(LossDiagnosis.Explosion(new StepResult(1, 0, 1e30, 1e30, 1, 1)));

    [Fact]
    public void A_loss_that_does_not_fall_is_told_once_after_2000_steps()
    {
        LossDiagnosis diagnosis = New();
        string?[] told = [.. Enumerable.Range(0, 60).Select(i => diagnosis.Stall(100 * (i + 1), 7 + (0.005 * (i % 2))))];

        string message = Assert.Single(told.OfType<string>());
        Assert.Equal(message, told[20]);
        Assert.StartsWith("the loss has not fallen below 7.00 for 2000 steps (a model that knows nothing has 8.99); check the data", message);
    }

    [Fact]
    public void A_loss_that_falls_slowly_is_no_stall()
    {
        LossDiagnosis diagnosis = New();
        Assert.All(Enumerable.Range(0, 200), i => Assert.Null(diagnosis.Stall(100 * i, 8.9 - (0.001 * i))));
    }

    [Fact]
    public void A_loss_that_rests_low_is_no_stall()
    {
        LossDiagnosis diagnosis = New();
        Assert.All(Enumerable.Range(0, 200), i => Assert.Null(diagnosis.Stall(100 * i, 1.5)));
    }

    [Fact]
    public void A_resumed_run_goes_on_watching_where_it_was()
    {
        LossDiagnosis before = New();
        Assert.Null(before.Stall(100, 7));
        Assert.Null(before.Stall(2000, 7));
        LossDiagnosis after = New(before.Trend);
        Assert.NotNull(after.Stall(2100, 7));
        Assert.Null(New(after.Trend).Stall(4300, 7));
    }
}
