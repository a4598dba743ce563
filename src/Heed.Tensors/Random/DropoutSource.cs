namespace Heed.Tensors.Random;

/// <summary>
/// Hands out the random streams of one training step's dropout layers, in the order in which the layers ask.
/// A forward pass without one is inference: nothing is dropped.
/// </summary>
/// <remarks>
/// The streams depend on the seed and the step alone, so a run that was killed and resumed drops what the other would have.
/// With <see cref="Generator"/> the masks are drawn from that one instead, one after another: for numbers that are to equal PyTorch's.
/// </remarks>
public sealed class DropoutSource
{
    private readonly ulong key;
    private ulong next;

    /// <summary>Creates the source of a step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The number of the optimiser step, or any other number that differs between steps.</param>
    public DropoutSource(ulong seed, ulong step) => key = CounterRandom.Derive(seed, step);

    /// <summary>Creates a source whose masks are PyTorch's.</summary>
    /// <param name="generator">Draws the masks.</param>
    public DropoutSource(PyTorchRandom generator) => Generator = generator;

    /// <summary>What draws the masks, or null when they are functions of streams.</summary>
    public PyTorchRandom? Generator { get; }

    /// <summary>The next stream.</summary>
    /// <exception cref="InvalidOperationException">The source draws from a <see cref="Generator"/>.</exception>
    public ulong NextKey() => Generator is null
        ? CounterRandom.Derive(key, next++)
        : throw new InvalidOperationException("this dropout source draws its masks from a generator and has no streams; ask Generator for a mask");
}
