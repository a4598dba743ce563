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
        return reduction == LossReduction.Sum ? Ops.Sum(losses) : Ops.Sum(losses, 1f / Math.Max(1, CountIn(targets.Span)));
    }

    private int CountIn(ReadOnlySpan<int> targets) => targets.Length - targets.Count(ignoredTarget);
}
