namespace Heed.Training.Tests.ToyTasks;

/// <summary>Sorting needs attention that counts: every output depends on all of the input.</summary>
public sealed class SortTests(ITestOutputHelper output)
{
    [Fact]
    public void A_small_model_learns_to_sort_digits() => DigitTask.Check(sequence => sequence.Order(), perplexity: 1.03, exact: 0.97, output);
}
