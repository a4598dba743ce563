using System.Buffers;
using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>Softmax, normalisation and the loss: kernels that reduce along the last axis.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void Softmax(Tensor x, Tensor y)
    {
        ForRows(x.Rows, x.Columns, new SoftmaxForward<TVector>(x.Pointer, y.MutablePointer(), x.Columns));
        KeepAlive(x, y);
    }

    public override void SoftmaxBackward(Tensor y, Tensor dy, Tensor dx)
    {
        ForRows(y.Rows, y.Columns, new SoftmaxBackward<TVector>(y.Pointer, dy.Pointer, dx.MutablePointer(), y.Columns));
        KeepAlive(y, dy, dx);
    }

    public override void LogSoftmax(Tensor x, Tensor y)
    {
        ForRows(x.Rows, x.Columns, new LogSoftmaxForward<TVector>(x.Pointer, y.MutablePointer(), x.Columns));
        KeepAlive(x, y);
    }

    public override void LogSoftmaxBackward(Tensor y, Tensor dy, Tensor dx)
    {
        ForRows(y.Rows, y.Columns, new LogSoftmaxBackward<TVector>(y.Pointer, dy.Pointer, dx.MutablePointer(), y.Columns));
        KeepAlive(y, dy, dx);
    }

    public override void LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon, Tensor y, Tensor mean, Tensor inverseDeviation)
    {
        var kernel = new LayerNormForward<TVector>(x.Pointer, gain.Pointer, bias.Pointer, x.Columns, epsilon, y.MutablePointer(), mean.MutablePointer(), inverseDeviation.MutablePointer());
        ForRows(x.Rows, x.Columns, kernel);
        KeepAlive(x, gain, bias, y, mean, inverseDeviation);
    }

    public override void LayerNormBackward(Tensor x, Tensor gain, Tensor mean, Tensor inverseDeviation, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias)
    {
        int count = RowBlocks.CountFor(x.Rows);
        int length = RowBlocks.Length(count, x.Columns);
        using var scratch = new Scratch(2L * length);
        var gainBlocks = new RowBlocks(scratch.Pointer, count, x.Columns);
        var biasBlocks = new RowBlocks(scratch.Pointer + length, count, x.Columns);
        var kernel = new LayerNormBackward<TVector>(x.Pointer, gain.Pointer, x.Rows, x.Columns, mean.Pointer, inverseDeviation.Pointer, dy.Pointer, dx.MutablePointer(), gainBlocks, biasBlocks);
        ForRows(count, (long)x.Columns * RowBlocks.Rows, kernel);
        AddBlocks(gainBlocks, dGain, accumulate: true);
        AddBlocks(biasBlocks, dBias, accumulate: true);
        KeepAlive(x, gain, mean, inverseDeviation, dy, dx);
    }

    public override void RmsNorm(Tensor x, Tensor gain, float epsilon, Tensor y, Tensor inverseRms)
    {
        ForRows(x.Rows, x.Columns, new RmsNormForward<TVector>(x.Pointer, gain.Pointer, x.Columns, epsilon, y.MutablePointer(), inverseRms.MutablePointer()));
        KeepAlive(x, gain, y, inverseRms);
    }

    public override void RmsNormBackward(Tensor x, Tensor gain, Tensor inverseRms, Tensor dy, Tensor dx, Tensor dGain)
    {
        int count = RowBlocks.CountFor(x.Rows);
        using var scratch = new Scratch(RowBlocks.Length(count, x.Columns));
        var blocks = new RowBlocks(scratch.Pointer, count, x.Columns);
        var kernel = new RmsNormBackward<TVector>(x.Pointer, gain.Pointer, x.Rows, x.Columns, inverseRms.Pointer, dy.Pointer, dx.MutablePointer(), blocks);
        ForRows(count, (long)x.Columns * RowBlocks.Rows, kernel);
        AddBlocks(blocks, dGain, accumulate: true);
        KeepAlive(x, gain, inverseRms, dy, dx);
    }

    public override void CrossEntropy(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, Tensor logSumExp)
    {
        using MemoryHandle classes = targets.Pin();
        var kernel = new CrossEntropyForward<TVector>(logits.Pointer, (int*)classes.Pointer, logits.Columns, smoothing, ignoredTarget, losses.MutablePointer(), logSumExp.MutablePointer());
        ForRows(logits.Rows, logits.Columns, kernel);
        KeepAlive(logits, losses, logSumExp);
    }

    public override void CrossEntropyBackward(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor logSumExp, Tensor dLosses, Tensor dLogits)
    {
        using MemoryHandle classes = targets.Pin();
        var kernel = new CrossEntropyBackward<TVector>(logits.Pointer, (int*)classes.Pointer, logits.Columns, smoothing, ignoredTarget, logSumExp.Pointer, dLosses.Pointer, dLogits.MutablePointer());
        ForRows(logits.Rows, logits.Columns, kernel);
        KeepAlive(logits, logSumExp, dLosses, dLogits);
    }
}
