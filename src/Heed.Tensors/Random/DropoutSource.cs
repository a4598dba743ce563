namespace Heed.Tensors.Random;

/// <summary>
/// Hands out the random streams of one training step's dropout layers, in the order in which the layers ask.
/// A forward pass without one is inference: nothing is dropped.
/// </summary>
/// <remarks>
/// The streams depend on the seed and the step alone, so a run that was killed and resumed drops what the other would have.
/// </remarks>
/// <param name="seed">The run's seed.</param>
/// <param name="step">The number of the optimiser step, or any other number that differs between steps.</param>
public sealed class DropoutSource(ulong seed, ulong step)
{
    private readonly ulong key = CounterRandom.Derive(seed, step);
    private ulong next;

    /// <summary>The next stream.</summary>
    public ulong NextKey() => CounterRandom.Derive(key, next++);
}
