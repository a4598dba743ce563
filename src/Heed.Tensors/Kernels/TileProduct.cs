using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>One operand of a small product: where it lies, and whether it is read transposed.</summary>
/// <param name="pointer">The first element.</param>
/// <param name="stride">Floats from one stored row to the next.</param>
/// <param name="transposed">Whether rows and columns change places.</param>
internal readonly unsafe struct TileOperand(float* pointer, int stride, bool transposed = false)
{
    public float* Pointer { get; } = pointer;

    public int Stride { get; } = stride;

    public bool Transposed { get; } = transposed;

    /// <summary>The element at a row and column of the operand as it is read.</summary>
    public float* At(int row, int column) => Pointer + (Transposed ? ((nint)column * Stride) + row : ((nint)row * Stride) + column);
}

/// <summary>Products of tiles that fit the caches, on one thread: what attention is made of.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class TileProduct<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The largest number of rows of a product.</summary>
    public const int MaxRows = 96;

    /// <summary>Floats of scratch memory that <see cref="Multiply"/> needs.</summary>
    public static int ScratchLength => (MaxRows * GemmTile<TVector>.RowStride) + (GemmTile<TVector>.BlockK * GemmTile<TVector>.Columns);

    /// <summary>The row length that a result of some columns needs: whole panels.</summary>
    public static int PaddedColumns(int columns) => (columns + GemmTile<TVector>.Columns - 1) / GemmTile<TVector>.Columns * GemmTile<TVector>.Columns;

    /// <summary>c (+)= a b.</summary>
    /// <param name="a">[rows, k]; read in place where its rows lie <see cref="GemmTile{TVector}.RowStride"/> apart, as a packed block's do.</param>
    /// <param name="b">[k, columns].</param>
    /// <param name="rows">At most <see cref="MaxRows"/>.</param>
    /// <param name="k">Any length; the sum goes through it in order.</param>
    /// <param name="columns">Any number.</param>
    /// <param name="c">The result; its rows have room for <see cref="PaddedColumns"/>, whose padding receives zeros.</param>
    /// <param name="stride">Floats from one row of c to the next.</param>
    /// <param name="accumulate">Whether to add to c.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats.</param>
    public static void Multiply(in TileOperand a, in TileOperand b, int rows, int k, int columns, float* c, int stride, bool accumulate, float* scratch)
    {
        int width = GemmTile<TVector>.Columns;
        float* panel = scratch + (MaxRows * GemmTile<TVector>.RowStride);
        for (int start = 0; start < k; start += GemmTile<TVector>.BlockK)
        {
            int length = Math.Min(GemmTile<TVector>.BlockK, k - start);
            float* left = a.At(0, start);
            if (a.Transposed || a.Stride != GemmTile<TVector>.RowStride)
            {
                GemmPacking<TVector>.Left(left, a.Stride, a.Transposed, rows, length, scratch);
                left = scratch;
            }

            for (int column = 0; column < columns; column += width)
            {
                GemmPacking<TVector>.Right(b.At(start, column), b.Stride, b.Transposed, length, Math.Min(width, columns - column), panel);
                GemmTile<TVector>.Multiply(rows, left, panel, length, c + column, stride, accumulate || start > 0);
            }
        }
    }
}
