using Heed.Nn.Schedules;

namespace Heed.Nn.Tests.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(1, 1.7469282e-7)] // 512^-0.5 * 1 * 4000^-1.5
    [InlineData(2000, 3.4938562e-4)] // half of the peak
    [InlineData(4000, 6.9877124e-4)] // 512^-0.5 * 4000^-0.5
    [InlineData(16000, 3.4938562e-4)] // four times the peak's step, half of its rate
    public void The_papers_schedule(long step, double expected) =>
        Assert.Equal(1, InverseSquareRootSchedule.ForModel(512).At(step) / expected, 1e-6);

    [Fact]
    public void Inverse_square_root_with_a_peak()
    {
        var schedule = new InverseSquareRootSchedule(0.001, 100);
        Assert.Equal([1e-5f, 5e-4f, 1e-3f, 5e-4f], new long[] { 1, 50, 100, 400 }.Select(schedule.At), Close);
        Assert.Equal([0.1f, 0.05f], new long[] { 1, 4 }.Select(new InverseSquareRootSchedule(0.1, 0).At), Close);
    }

    [Fact]
    public void Cosine_passes_the_middle_half_way_and_stays_at_its_last_rate()
    {
        var schedule = new CosineSchedule(1.0, 10, 110, 0.2);
        Assert.Equal([0.1f, 1f, 0.6f, 0.2f, 0.2f], new long[] { 1, 10, 60, 110, 500 }.Select(schedule.At), Close);
    }

    [Fact]
    public void Linear_declines_to_zero()
    {
        var schedule = new LinearSchedule(2.0, 4, 12);
        Assert.Equal([0.5f, 2f, 1f, 0f, 0f], new long[] { 1, 4, 8, 12, 20 }.Select(schedule.At), Close);
    }

    [Fact]
    public void Linear_declines_to_a_last_rate() =>
        Assert.Equal([2f, 1.25f, 0.5f, 0.5f], new long[] { 4, 8, 12, 20 }.Select(new LinearSchedule(2.0, 4, 12, 0.5).At), Close);

    [Fact]
    public void Constant_with_and_without_warm_up()
    {
        Assert.Equal([3f, 3f], new long[] { 1, 1000 }.Select(new ConstantSchedule(3).At), Close);
        Assert.Equal([0.75f, 3f, 3f], new long[] { 1, 4, 5 }.Select(new ConstantSchedule(3, 4).At), Close);
    }

    [Fact]
    public void Steps_count_from_1() => Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(1).At(0));

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-6;
}
