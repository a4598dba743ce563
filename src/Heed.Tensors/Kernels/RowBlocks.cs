using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>
/// Partial sums over rows. Rows are cut into blocks of a fixed number, whatever the number of threads; each block's sum is
/// computed in row order, and the blocks are added in order: the result cannot depend on who computed what.
/// </summary>
/// <param name="memory">Room for <see cref="Length"/> floats.</param>
/// <param name="count">The number of blocks.</param>
/// <param name="columns">The numbers that each block sums.</param>
internal readonly unsafe struct RowBlocks(float* memory, int count, int columns)
{
    /// <summary>The rows of one block.</summary>
    public const int Rows = 32;

    private const int CacheLine = 16;

    public int Count => count;

    public int Columns => columns;

    public static int CountFor(int rows) => (rows + Rows - 1) / Rows;

    /// <summary>The floats of memory that the sums of some blocks need; blocks begin on their own cache lines.</summary>
    public static int Length(int count, int columns) => checked(count * Stride(columns));

    /// <summary>The sums of one block.</summary>
    public float* At(int block) => memory + ((nint)block * Stride(columns));

    /// <summary>The sums of one block, set to 0.</summary>
    public float* Cleared(int block)
    {
        new Span<float>(At(block), columns).Clear();
        return At(block);
    }

    private static int Stride(int columns) => (columns + CacheLine - 1) / CacheLine * CacheLine;
}
