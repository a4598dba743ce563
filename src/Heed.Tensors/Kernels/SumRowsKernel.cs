using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Adds the rows of each block up; an item is a block of rows, see <see cref="RowBlocks"/>.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct SumRowsOfBlocks<TVector>(float* x, int rows, RowBlocks blocks) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        int columns = blocks.Columns;
        for (int block = start; block < end; block++)
        {
            float* sum = blocks.Cleared(block);
            int first = block * RowBlocks.Rows;
            int last = first + Math.Min(RowBlocks.Rows, rows - first);
            for (int row = first; row < last; row++)
            {
                VectorLoop<TVector>.Each(0, columns, new MapTwo<TVector, AddFunction<TVector>>(sum, x + ((nint)row * columns), sum, default));
            }
        }
    }
}

/// <summary>y (+)= the sum over all blocks, in order; an item is one column.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct BlockTotals<TVector>(RowBlocks blocks, float* y, bool accumulate) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        TVector sum = zero;
        for (int block = 0; block < blocks.Count; block++)
        {
            sum += lanes.Load(blocks.At(block) + index, zero);
        }

        lanes.Store(y + index, accumulate ? sum + lanes.Load(y + index, zero) : sum);
    }
}
