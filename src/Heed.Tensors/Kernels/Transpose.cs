using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Tensors.Kernels;

/// <summary>Transposes blocks of a matrix: what packing does with an operand that is stored the other way round.</summary>
internal static unsafe class Transpose
{
    /// <summary>destination[column, row] = source[row, column].</summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="sourceStride">Floats from one source row to the next.</param>
    /// <param name="rows">Source rows.</param>
    /// <param name="columns">Source columns.</param>
    /// <param name="destination">The result's first element.</param>
    /// <param name="destinationStride">Floats from one destination row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(float* source, int sourceStride, int rows, int columns, float* destination, int destinationStride)
    {
        int squareRows = TransposeSquare.IsSupported ? rows & -TransposeSquare.Size : 0;
        int squareColumns = columns & -TransposeSquare.Size;
        for (int row = 0; row < squareRows; row += TransposeSquare.Size)
        {
            float* from = source + ((nint)row * sourceStride);
            for (int column = 0; column < squareColumns; column += TransposeSquare.Size)
            {
                TransposeSquare.Run(from + column, sourceStride, destination + row + ((nint)column * destinationStride), destinationStride);
            }
        }

        Narrow(source + squareColumns, sourceStride, squareRows, columns - squareColumns, destination + ((nint)squareColumns * destinationStride), destinationStride);
        Narrow(source + ((nint)squareRows * sourceStride), sourceStride, rows - squareRows, columns, destination + squareRows, destinationStride);
    }

    private static void Narrow(float* source, int sourceStride, int rows, int columns, float* destination, int destinationStride)
    {
        int fullRows = Sse.IsSupported ? rows & ~3 : 0;
        int fullColumns = columns & ~3;
        for (int row = 0; row < fullRows; row += 4)
        {
            float* from = source + ((nint)row * sourceStride);
            float* to = destination + row;
            for (int column = 0; column < fullColumns; column += 4)
            {
                float* square = from + column;
                Square4(square, square + sourceStride, square + (2 * (nint)sourceStride), square + (3 * (nint)sourceStride), to + ((nint)column * destinationStride), destinationStride);
            }

            Scalar(from + fullColumns, sourceStride, 4, columns - fullColumns, to + ((nint)fullColumns * destinationStride), destinationStride);
        }

        Scalar(source + ((nint)fullRows * sourceStride), sourceStride, rows - fullRows, columns, destination + fullRows, destinationStride);
    }

    /// <summary>destination[column, i] = element [rows[i], column] of a matrix: a transpose of rows that lie anywhere.</summary>
    /// <param name="source">The first column of the matrix's row 0.</param>
    /// <param name="sourceStride">Floats from one source row to the next.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="count">How many; the result's columns up to the next multiple of four are written too, with numbers of no meaning.</param>
    /// <param name="columns">Source columns.</param>
    /// <param name="destination">The result's first element.</param>
    /// <param name="destinationStride">Floats from one destination row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(float* source, int sourceStride, int* rows, int count, int columns, float* destination, int destinationStride)
    {
        int fullColumns = Sse.IsSupported ? columns & ~3 : 0;
        for (int i = 0; i < count; i += 4)
        {
            float* row0 = source + ((nint)rows[i] * sourceStride);
            float* row1 = source + ((nint)rows[Math.Min(i + 1, count - 1)] * sourceStride);
            float* row2 = source + ((nint)rows[Math.Min(i + 2, count - 1)] * sourceStride);
            float* row3 = source + ((nint)rows[Math.Min(i + 3, count - 1)] * sourceStride);
            int column = 0;
            for (; column < fullColumns; column += 4)
            {
                Square4(row0 + column, row1 + column, row2 + column, row3 + column, destination + i + ((nint)column * destinationStride), destinationStride);
            }

            for (; column < columns; column++)
            {
                float* to = destination + i + ((nint)column * destinationStride);
                (to[0], to[1], to[2], to[3]) = (row0[column], row1[column], row2[column], row3[column]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square4(float* from0, float* from1, float* from2, float* from3, float* destination, int destinationStride)
    {
        Vector128<float> row0 = Vector128.Load(from0);
        Vector128<float> row1 = Vector128.Load(from1);
        Vector128<float> row2 = Vector128.Load(from2);
        Vector128<float> row3 = Vector128.Load(from3);
        Vector128<float> low01 = Sse.UnpackLow(row0, row1);
        Vector128<float> low23 = Sse.UnpackLow(row2, row3);
        Vector128<float> high01 = Sse.UnpackHigh(row0, row1);
        Vector128<float> high23 = Sse.UnpackHigh(row2, row3);
        Sse.MoveLowToHigh(low01, low23).Store(destination);
        Sse.MoveHighToLow(low23, low01).Store(destination + destinationStride);
        Sse.MoveLowToHigh(high01, high23).Store(destination + (2 * (nint)destinationStride));
        Sse.MoveHighToLow(high23, high01).Store(destination + (3 * (nint)destinationStride));
    }

    private static void Scalar(float* source, int sourceStride, int rows, int columns, float* destination, int destinationStride)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                destination[((nint)column * destinationStride) + row] = source[((nint)row * sourceStride) + column];
            }
        }
    }
}
