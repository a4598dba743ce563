namespace Heed.Training.Tests.ToyTasks;

/// <summary>Copying needs attention that finds one position: the source's, as far along as the target's.</summary>
public sealed class CopyTests(ITestOutputHelper output)
{
    [Fact]
    public void A_small_model_learns_to_copy_digits() => DigitTask.Check(sequence => sequence, perplexity: 1.02, exact: 0.98, output);
}
