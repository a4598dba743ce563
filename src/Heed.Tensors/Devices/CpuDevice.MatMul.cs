using Heed.Tensors.Kernels;

namespace Heed.Tensors.Devices;

/// <content>The matrix product.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    // The right operand is packed in chunks of at most this many floats, so that packing a large vocabulary stays in the cache.
    private const int LargestPack = 4 << 20;

    public override void MatMul(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor? bias, Tensor y, bool accumulate)
    {
        var sizes = MatMulSizes.Of(a, transposeA, b, transposeB);
        if (sizes.M == 0 || sizes.N == 0)
        {
            return;
        }

        float* offsets = bias is null ? null : bias.Pointer;
        PackedMatrix<TVector>? weight = b.IsPackedOnce ? PackedWeight(b, transposeB, sizes) : null;
        for (int batch = 0; batch < sizes.Batch; batch++)
        {
            float* left = a.Pointer + ((nint)batch * sizes.StrideA);
            float* result = y.Pointer + ((nint)batch * sizes.M * sizes.N);
            if (weight is { } packed)
            {
                Gemm<TVector>.Multiply(Team, left, StrideA(sizes, transposeA), transposeA, sizes.M, new RightPanels<TVector>(packed), offsets, result, sizes.N, accumulate);
            }
            else
            {
                Product(left, transposeA, b.Pointer + ((nint)batch * sizes.StrideB), transposeB, offsets, result, sizes, accumulate);
            }
        }

        KeepAlive(a, b, bias, y);
    }

    private PackedMatrix<TVector> PackedWeight(Tensor b, bool transposeB, in MatMulSizes sizes)
    {
        if (b.PackedCopy<PackedMatrix<TVector>>(transposeB) is { } copy)
        {
            return copy;
        }

        // Threads that decode with one model at the same time wait for one copy instead of making one each.
        lock (b.PackingGate)
        {
            if (b.PackedCopy<PackedMatrix<TVector>>(transposeB) is { } madeMeanwhile)
            {
                return madeMeanwhile;
            }

            PackedMatrix<TVector> packed = Pack(b.Pointer, transposeB, sizes, 0, sizes.N);
            b.SetPackedCopy(packed, transposeB);
            return packed;
        }
    }

    private void Product(float* a, bool transposeA, float* b, bool transposeB, float* bias, float* y, in MatMulSizes sizes, bool accumulate)
    {
        int stride = StrideA(sizes, transposeA);
        if (Gemm<TVector>.ReadsPanelsOnce(sizes.M))
        {
            var panels = new RightPanels<TVector>(b, transposeB ? sizes.K : sizes.N, transposeB, sizes.K, sizes.N);
            Gemm<TVector>.Multiply(Team, a, stride, transposeA, sizes.M, panels, bias, y, sizes.N, accumulate);
            return;
        }

        int width = GemmTile<TVector>.Columns;
        int chunk = Math.Max(width, LargestPack / Math.Max(1, sizes.K) / width * width);
        for (int column = 0; column < sizes.N; column += chunk)
        {
            PackedMatrix<TVector> packed = Pack(b, transposeB, sizes, column, Math.Min(chunk, sizes.N - column));
            Gemm<TVector>.Multiply(Team, a, stride, transposeA, sizes.M, new RightPanels<TVector>(packed), bias is null ? null : bias + column, y + column, sizes.N, accumulate);
            packed.Release();
        }
    }

    private PackedMatrix<TVector> Pack(float* b, bool transposeB, in MatMulSizes sizes, int column, int columns)
    {
        int stride = transposeB ? sizes.K : sizes.N;
        float* from = b + (transposeB ? (nint)column * stride : column);
        return PackedMatrix<TVector>.Pack(Team, from, stride, transposeB, sizes.K, columns);
    }

    private static int StrideA(in MatMulSizes sizes, bool transposeA) => transposeA ? sizes.M : sizes.K;

    /// <summary>The right operand of several products: packed once where that is small enough to keep, else anew for each.</summary>
    private readonly struct RightOperand
    {
        private readonly CpuDevice<TVector> device;
        private readonly float* matrix;
        private readonly bool transposed;
        private readonly int k;
        private readonly int columns;
        private readonly PackedMatrix<TVector>? packed;

        public RightOperand(CpuDevice<TVector> device, float* matrix, bool transposed, int k, int columns)
        {
            (this.device, this.transposed, this.k, this.columns) = (device, transposed, k, columns);
            this.matrix = matrix;
            packed = (long)k * columns <= LargestPack ? device.Pack(matrix, transposed, new MatMulSizes(1, 0, k, columns, 0, 0), 0, columns) : null;
        }

        public void Multiply(float* a, bool transposeA, int rows, float* bias, float* y, bool accumulate)
        {
            var sizes = new MatMulSizes(1, rows, k, columns, 0, 0);
            if (packed is { } panels)
            {
                Gemm<TVector>.Multiply(device.Team, a, StrideA(sizes, transposeA), transposeA, rows, new RightPanels<TVector>(panels), bias, y, columns, accumulate);
            }
            else
            {
                device.Product(a, transposeA, matrix, transposed, bias, y, sizes, accumulate);
            }
        }

        public void Release() => packed?.Release();
    }
}
