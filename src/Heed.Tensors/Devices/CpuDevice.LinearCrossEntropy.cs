using System.Buffers;
using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>The output projection with its loss, a block of rows at a time.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    // Logits of one block of rows, in floats: what a very large vocabulary costs in memory.
    private const int LargestTile = 16 << 20;

    // At most one packed block of k in the product of the weight's gradient. Every block of rows reads the whole weight, so there
    // are as few as possible, alike in size, and of whole tiles where that costs no further block.
    private static int TileRows(int rows, int classes)
    {
        int tile = GemmTile<TVector>.Rows;
        int most = Math.Max(tile, Math.Min(GemmTile<TVector>.BlockK, LargestTile / Math.Max(1, classes)));
        int blocks = Math.Max(1, (rows + most - 1) / most);
        int even = (rows + blocks - 1) / blocks;
        return Math.Min(most, (even + tile - 1) / tile * tile);
    }

    public override void LinearCrossEntropy(Tensor x, Tensor weight, Tensor? bias, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, LinearGradients? gradients)
    {
        (int rows, int width, int classes) = (x.Shape[0], x.Shape[1], weight.Shape[0]);
        int block = Math.Min(rows, TileRows(rows, classes));
        using var logits = new Scratch((long)block * classes);
        using var normalizers = new Scratch(block);
        using var upstream = new Scratch(block);
        new Span<float>(upstream.Pointer, block).Fill(gradients?.Upstream ?? 0f);
        using MemoryHandle pinned = targets.Pin();
        var toLogits = new RightOperand(this, weight.Pointer, transposed: true, width, classes);
        var toInput = new RightOperand(this, weight.Pointer, transposed: false, classes, width);
        for (int first = 0; first < rows; first += block)
        {
            int count = Math.Min(block, rows - first);
            float* input = x.Pointer + ((nint)first * width);
            int* classOf = (int*)pinned.Pointer + first;
            toLogits.Multiply(input, transposeA: false, count, bias is null ? null : bias.Pointer, logits.Pointer, accumulate: false);
            ForRows(count, classes, new CrossEntropyForward<TVector>(logits.Pointer, classOf, classes, smoothing, ignoredTarget, losses.MutablePointer() + first, normalizers.Pointer));
            if (gradients is null)
            {
                continue;
            }

            ForRows(count, classes, new CrossEntropyBackward<TVector>(logits.Pointer, classOf, classes, smoothing, ignoredTarget, normalizers.Pointer, upstream.Pointer, logits.Pointer));
            toInput.Multiply(logits.Pointer, transposeA: false, count, null, gradients.Input.MutablePointer() + ((nint)first * width), accumulate: false);
            if (gradients.Weight is { } dWeight)
            {
                Product(logits.Pointer, transposeA: true, input, transposeB: false, null, dWeight.MutablePointer(), new MatMulSizes(1, classes, count, width, 0, 0), accumulate: first > 0);
            }

            if (gradients.Bias is { } dBias)
            {
                SumRows(logits.Pointer, count, dBias, accumulate: first > 0);
            }
        }

        toLogits.Release();
        toInput.Release();
        KeepAlive(x, weight, bias, losses, gradients?.Input, gradients?.Weight);
    }
}
