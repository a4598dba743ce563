using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>The left operand of a matrix product, in blocks of rows and of k: packed beforehand for all items of the product, or a block at a time by the item that reads it.</summary>
/// <remarks>As the body of a loop it packs: one item is a slice of the rows of a block.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LeftBlocks<TVector>(float* source, int stride, bool transposed, int rows, int k, int blockRows, float* packed = null) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private const int SliceRows = 96;

    /// <summary>The rows of a block, the last one perhaps excepted.</summary>
    public int BlockRows => blockRows;

    /// <summary>Floats of scratch memory that an item needs.</summary>
    public long BlockLength => packed == null ? (long)blockRows * GemmTile<TVector>.RowStride : 0;

    /// <summary>Floats of all packed blocks.</summary>
    public long PackedLength => (long)RowBlocks * KBlocks * blockRows * GemmTile<TVector>.RowStride;

    /// <summary>The items of the loop that packs.</summary>
    public int Slices => RowBlocks * KBlocks * SlicesPerBlock;

    private int RowBlocks => (rows + blockRows - 1) / blockRows;

    private int KBlocks => (k + GemmTile<TVector>.BlockK - 1) / GemmTile<TVector>.BlockK;

    private int SlicesPerBlock => (blockRows + SliceRows - 1) / SliceRows;

    /// <summary>The same operand, packed by running the loop.</summary>
    /// <param name="memory"><see cref="PackedLength"/> floats.</param>
    public LeftBlocks<TVector> PackedInto(float* memory) => new(source, stride, transposed, rows, k, blockRows, memory);

    /// <summary>The rows of a block.</summary>
    public int RowsOf(int block) => Math.Min(blockRows, rows - (block * blockRows));

    /// <summary>The packed rows of a block.</summary>
    /// <param name="block">Which rows.</param>
    /// <param name="from">Where in k.</param>
    /// <param name="scratch"><see cref="BlockLength"/> floats to pack it into, where that has not been done.</param>
    public float* Block(int block, int from, float* scratch)
    {
        if (packed != null)
        {
            return Packed(block, from / GemmTile<TVector>.BlockK);
        }

        Pack(block, from, 0, RowsOf(block), scratch);
        return scratch;
    }

    public void Run(int start, int end)
    {
        for (int item = start; item < end; item++)
        {
            (int block, int slice) = Math.DivRem(item, SlicesPerBlock);
            (int row, int kBlock) = Math.DivRem(block, KBlocks);
            int count = Math.Min(SliceRows, RowsOf(row) - (slice * SliceRows));
            if (count > 0)
            {
                Pack(row, kBlock * GemmTile<TVector>.BlockK, slice * SliceRows, count, Packed(row, kBlock) + (slice * SliceRows * GemmTile<TVector>.RowStride));
            }
        }
    }

    private float* Packed(int row, int kBlock) => packed + ((nint)((row * KBlocks) + kBlock) * blockRows * GemmTile<TVector>.RowStride);

    private void Pack(int block, int from, int first, int count, float* to)
    {
        nint row = ((nint)block * blockRows) + first;
        float* start = source + (transposed ? ((nint)from * stride) + row : (row * stride) + from);
        GemmPacking<TVector>.Left(start, stride, transposed, count, Math.Min(GemmTile<TVector>.BlockK, k - from), to);
    }
}
