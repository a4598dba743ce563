using Heed.Tensors;

namespace Heed.Nn.Convolution;

/// <summary>Lays the tokens that each output of a convolution sees side by side.</summary>
internal static class ConvolutionWindows
{
    /// <summary>The windows of a packed batch.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; none sees another.</param>
    /// <param name="before">How many tokens before its own an output sees.</param>
    /// <param name="after">How many tokens after its own an output sees.</param>
    /// <returns>[tokens, (before + 1 + after) * inputSize], the oldest token first, zeros where a sequence has no token.</returns>
    public static Tensor Gather(Tensor x, Segments segments, int before, int after)
    {
        Tensor padded = Ops.Concat(0, x, Tensor.Zeros(new Shape(1, x.Columns))); // its last row stands for what is outside a sequence
        int size = before + 1 + after;
        return Ops.Reshape(Ops.Embedding(padded, Rows(segments, x.Rows, before, size)), new Shape(x.Rows, size * x.Columns));
    }

    private static int[] Rows(Segments segments, int zeroRow, int before, int size)
    {
        var rows = new int[zeroRow * size];
        Array.Fill(rows, zeroRow);
        for (int i = 0; i < segments.Count; i++)
        {
            int start = segments.Starts[i];
            int end = start + segments.Lengths[i];
            for (int row = start; row < end; row++)
            {
                for (int k = Math.Max(0, start - row + before); k < size && row - before + k < end; k++)
                {
                    rows[(row * size) + k] = row - before + k;
                }
            }
        }

        return rows;
    }
}
