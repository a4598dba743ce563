using Heed.Models.Generation;

namespace Heed.Models.Tests.Generation;

public sealed class LoopGuardTests
{
    private static readonly LoopGuardOptions Options = new() { MaxPeriod = 8, MinRepeats = 3, MinTokens = 12, Window = 40, MinDistinct = 0.5 };

    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 12)]
    [InlineData(5, 15)]
    [InlineData(8, 24)]
    public void A_circle_is_found_as_soon_as_it_was_gone_round_often_enough(int period, int expected)
    {
        var guard = new LoopGuard(Options);
        int[] beginning = [100, 101, 102, 103];
        Assert.All(beginning, token => Assert.Null(guard.Add(token)));
        int count = 1;
        while (guard.Add(count % period) is null)
        {
            count++;
        }

        Assert.Equal((expected, period), (count, guard.Period));
    }

    [Fact]
    public void An_output_without_anything_new_runs_away()
    {
        var guard = new LoopGuard(Options with { MaxPeriod = 4 });
        FinishReason?[] reasons = [.. Enumerable.Range(0, 40).Select(i => guard.Add(i % 9))];
        Assert.All(reasons[..39], Assert.Null);
        Assert.Equal(FinishReason.Runaway, reasons[39]);
        Assert.Null(guard.Period);
    }

    [Fact]
    public void Varied_outputs_pass()
    {
        var random = new Random(1);
        var guard = new LoopGuard(Options);
        Assert.All(Enumerable.Range(0, 5000), _ => Assert.Null(guard.Add(random.Next(30))));
    }
}
