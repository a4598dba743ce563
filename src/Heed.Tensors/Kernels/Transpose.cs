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
                Square4(from + column, sourceStride, to + ((nint)column * destinationStride), destinationStride);
            }

            Scalar(from + fullColumns, sourceStride, 4, columns - fullColumns, to + ((nint)fullColumns * destinationStride), destinationStride);
        }

        Scalar(source + ((nint)fullRows * sourceStride), sourceStride, rows - fullRows, columns, destination + fullRows, destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square4(float* source, int sourceStride, float* destination, int destinationStride)
    {
        Vector128<float> row0 = Vector128.Load(source);
        Vector128<float> row1 = Vector128.Load(source + sourceStride);
        Vector128<float> row2 = Vector128.Load(source + (2 * (nint)sourceStride));
        Vector128<float> row3 = Vector128.Load(source + (3 * (nint)sourceStride));
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
