namespace Heed.Tensors.Devices;

/// <content>The output projection with its loss: the kernels that it stands for, one after another.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void LinearCrossEntropy(Tensor x, Tensor weight, Tensor? bias, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, LinearGradients? gradients)
    {
        Tensor logits = Tensor.Uninitialized(new Shape(x.Shape[0], weight.Shape[0]), this);
        Tensor logSumExp = Tensor.Like(losses);
        MatMul(x, false, weight, true, bias, logits, accumulate: false);
        CrossEntropy(logits, targets, smoothing, ignoredTarget, losses, logSumExp);
        if (gradients is null)
        {
            return;
        }

        Tensor dLosses = Tensor.Full(losses.Shape, gradients.Upstream, this);
        CrossEntropyBackward(logits, targets, smoothing, ignoredTarget, logSumExp, dLosses, logits);
        MatMul(logits, false, weight, false, null, gradients.Input, accumulate: false);
        if (gradients.Weight is { } dWeight)
        {
            MatMul(logits, true, x, false, null, dWeight, accumulate: false);
        }

        if (gradients.Bias is { } dBias)
        {
            SumRows(logits, dBias, accumulate: false);
        }
    }
}
