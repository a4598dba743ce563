using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>Cross-entropy.</content>
public static partial class Ops
{
    /// <summary>The cross-entropy of each row of logits against a target class.</summary>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="labelSmoothing">The share of probability spread evenly over all classes, in [0, 1).</param>
    /// <param name="ignoredTarget">Rows with this target have loss 0 and no gradient; -1 ignores none.</param>
    /// <returns>[rows], in nats.</returns>
    /// <remarks>
    /// loss = -sum_c q(c) log softmax(logits)_c with q(c) = (1 - s) [c = target] + s / classes.
    /// Szegedy et al. 2016, section 7; the smoothing mass includes the target, as in PyTorch.
    /// </remarks>
    public static Tensor CrossEntropy(Tensor logits, ReadOnlyMemory<int> targets, float labelSmoothing = 0f, int ignoredTarget = -1)
    {
        ShapeGuard.Rank(nameof(CrossEntropy), logits, 2, "logits [rows, classes]");
        GuardTargets(nameof(CrossEntropy), targets.Span, logits.Shape[0], logits.Shape[1], ignoredTarget);
        Tensor losses = Tensor.Uninitialized(new Shape(logits.Shape[0]), logits.Device);
        Tensor logSumExp = Tensor.Like(losses);
        logits.Device.CrossEntropy(logits, targets, labelSmoothing, ignoredTarget, losses, logSumExp);
        if (Tape.Records(logits))
        {
            Tape.Record(losses, (logits, targets, labelSmoothing, ignoredTarget, logSumExp), static (saved, dLosses) =>
            {
                (Tensor logits, ReadOnlyMemory<int> targets, float labelSmoothing, int ignoredTarget, Tensor logSumExp) = saved;
                Tensor dLogits = Tensor.GradientLike(logits);
                logits.Device.CrossEntropyBackward(logits, targets, labelSmoothing, ignoredTarget, logSumExp, dLosses, dLogits);
                logits.AddGradient(dLogits);
            });
        }

        return losses;
    }
}
