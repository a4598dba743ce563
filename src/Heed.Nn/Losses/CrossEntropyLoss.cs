using Heed.Tensors;

namespace Heed.Nn.Losses;

/// <summary>Cross-entropy between predicted logits and target classes, with label smoothing, as one number in nats.</summary>
/// <param name="labelSmoothing">The share of the target's probability that is spread evenly over all classes, in [0, 1).</param>
/// <param name="ignoredTarget">Rows with this target do not count; -1 ignores none.</param>
/// <param name="reduction">Mean over the rows that count, or sum.</param>
/// <remarks>
/// loss = -sum_c q(c) log softmax(logits)_c with q(c) = (1 - s) [c = target] + s / classes. Szegedy et al. 2016, section 7;
/// Vaswani et al. 2017, section 5.4.
/// </remarks>
public sealed class CrossEntropyLoss(float labelSmoothing = 0f, int ignoredTarget = -1, LossReduction reduction = LossReduction.Mean)
{
    /// <summary>Computes the loss.</summary>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="targets">One class for each row.</param>
    /// <returns>A scalar; 0 when no row counts.</returns>
    public Tensor Forward(Tensor logits, ReadOnlyMemory<int> targets)
    {
        Tensor losses = Ops.CrossEntropy(logits, targets, labelSmoothing, ignoredTarget); // [rows]
        return Ops.Sum(losses, Factor(targets.Span));
    }

    /// <summary>Computes the loss of an output layer's logits, of which no more than a tile is ever in memory.</summary>
    /// <param name="states">[rows, inputSize], what goes into the output layer.</param>
    /// <param name="output">The output layer, one class for each of its outputs.</param>
    /// <param name="targets">One class for each row.</param>
    /// <returns>A scalar, with the bits of <see cref="Forward(Tensor, ReadOnlyMemory{int})"/>; 0 when no row counts.</returns>
    public Tensor Forward(Tensor states, Linear output, ReadOnlyMemory<int> targets)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Ops.LinearCrossEntropy(states, output.Weight, output.Bias, targets, labelSmoothing, ignoredTarget, Factor(targets.Span));
    }

    private float Factor(ReadOnlySpan<int> targets) => reduction == LossReduction.Sum ? 1f : 1f / Math.Max(1, CountIn(targets));

    private int CountIn(ReadOnlySpan<int> targets) => targets.Length - targets.Count(ignoredTarget);
}
