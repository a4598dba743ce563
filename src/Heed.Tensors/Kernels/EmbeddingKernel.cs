using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y[i] = factor * table[ids[i]]; an item is one row of y.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct GatherRowsKernel<TVector>(float* table, int* ids, int columns, float factor, float* y) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        var scale = new ScaleFunction<TVector>(factor);
        for (int i = start; i < end; i++)
        {
            VectorLoop<TVector>.Each(0, columns, new MapOne<TVector, ScaleFunction<TVector>>(table + ((nint)ids[i] * columns), y + ((nint)i * columns), scale));
        }
    }
}

/// <summary>table[ids[i]] += factor * x[i] in the order of i; an item is a strip of columns, for all i, so that no two threads touch the same element.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct ScatterAddRowsKernel<TVector>(float* x, int* ids, int count, int columns, float factor, float* table) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The columns of one strip: a cache line.</summary>
    public const int Strip = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        var addScaled = new AddScaledFunction<TVector>(factor);
        int first = start * Strip;
        int length = Math.Min(end * Strip, columns) - first;
        for (int i = 0; i < count; i++)
        {
            float* row = table + ((nint)ids[i] * columns) + first;
            VectorLoop<TVector>.Each(0, length, new MapTwo<TVector, AddScaledFunction<TVector>>(x + ((nint)i * columns) + first, row, row, addScaled));
        }
    }
}
