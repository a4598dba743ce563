using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;

namespace Heed.Tensors;

/// <content>The output projection and its cross-entropy in one.</content>
public static partial class Ops
{
    /// <summary>
    /// The sum of the cross-entropies of logits x W^T + b, without ever holding more than a tile of the logits: what
    /// <see cref="Linear"/>, <see cref="CrossEntropy"/> and <see cref="Sum(Tensor, float)"/> compute one after another.
    /// </summary>
    /// <param name="x">[rows, in].</param>
    /// <param name="weight">W, [classes, in].</param>
    /// <param name="bias">b, [classes], or null.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="labelSmoothing">The share of probability spread evenly over all classes, in [0, 1).</param>
    /// <param name="ignoredTarget">Rows with this target have loss 0 and no gradient; -1 ignores none.</param>
    /// <param name="factor">A number that multiplies the sum: one over the number of rows for a mean.</param>
    /// <returns>A scalar, in nats.</returns>
    /// <remarks>
    /// While a tape records, the forward pass computes the gradients too, tile by tile (Hsu et al. 2024, "Liger kernel", section
    /// 3.2): the logits need not be computed again, and the backward pass only hands the gradients on. The bits are those of
    /// the three operations, but for the gradient of the bias, whose sum is added up in other blocks.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor LinearCrossEntropy(
        Tensor x, Tensor weight, Tensor? bias, ReadOnlyMemory<int> targets, float labelSmoothing = 0f, int ignoredTarget = -1, float factor = 1f)
    {
        ShapeGuard.Rank(nameof(LinearCrossEntropy), x, 2, "rows [rows, in]");
        ShapeGuard.Rank(nameof(LinearCrossEntropy), weight, 2, "a weight [classes, in]");
        ShapeGuard.LastAxis(nameof(LinearCrossEntropy), x, weight.Shape[1], "the weight", weight);
        if (bias is not null)
        {
            ShapeGuard.Vector(nameof(LinearCrossEntropy), bias, weight.Shape[0], "the bias");
        }

        GuardTargets(nameof(LinearCrossEntropy), targets.Span, x.Shape[0], weight.Shape[0], ignoredTarget);
        Tensor losses = Tensor.Uninitialized(new Shape(x.Shape[0]), x.Device);
        Tensor loss = Tensor.Uninitialized(new Shape(), x.Device);
        LinearGradients? gradients = Tape.Records(x, weight, bias)
            ? new LinearGradients(x.GradientMemory(), WantedGradient(weight), WantedGradient(bias), Upstream: factor)
            : null;
        x.Device.LinearCrossEntropy(x, weight, bias, targets, labelSmoothing, ignoredTarget, losses, gradients);
        x.Device.Sum(losses, factor, loss);
        if (gradients is not null)
        {
            Tape.Record(loss, (x, weight, bias, gradients), static (saved, dLoss) =>
            {
                (Tensor x, Tensor weight, Tensor? bias, LinearGradients gradients) = saved;
                AddScaled(x, gradients.Input, dLoss.Item());
                AddScaled(weight, gradients.Weight, dLoss.Item());
                AddScaled(bias, gradients.Bias, dLoss.Item());
            });
        }

        return loss;
    }

    private static Tensor? WantedGradient(Tensor? parameter) => parameter is { RequiresGradient: true } ? parameter.GradientMemory() : null;

    private static void AddScaled(Tensor? x, Tensor? dx, float factor)
    {
        if (x is null || dx is null)
        {
            return;
        }

        if (factor != 1f)
        {
            dx.Device.Scale(dx, factor, dx);
        }

        x.AddComputedGradient(dx);
    }

    private static void GuardTargets(string operation, ReadOnlySpan<int> targets, int rows, int classes, int ignoredTarget)
    {
        if (targets.Length != rows)
        {
            throw new ShapeException($"{operation}: {targets.Length} targets for logits [{rows}, {classes}]");
        }

        for (int i = 0; i < targets.Length; i++)
        {
            if ((uint)targets[i] >= (uint)classes && targets[i] != ignoredTarget)
            {
                throw new ArgumentOutOfRangeException(nameof(targets), targets[i], $"{operation}: target {targets[i]} at row {i} is not one of {classes} classes");
            }
        }
    }
}
