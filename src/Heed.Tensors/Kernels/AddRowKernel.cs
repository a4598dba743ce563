using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y[r, c] = x[r, c] + row[c]; an item is one row.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AddRowKernel<TVector>(float* x, float* row, float* y, int columns) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int r = start; r < end; r++)
        {
            nint offset = (nint)r * columns;
            new MapTwo<TVector, AddFunction<TVector>>(x + offset, row, y + offset, default).Run(0, columns);
        }
    }
}
