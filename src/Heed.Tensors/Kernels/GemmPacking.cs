using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>Copies operands of a matrix product into the order in which <see cref="GemmTile{TVector}"/> reads them.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class GemmPacking<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private static int PanelColumns => GemmTile<TVector>.Columns;

    /// <summary>Packs rows of the left operand, <see cref="GemmTile{TVector}.RowStride"/> apart.</summary>
    /// <param name="source">The first element: row 0, k 0.</param>
    /// <param name="stride">Floats from one stored row to the next.</param>
    /// <param name="transposed">Whether the operand is stored as [k, rows].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="k">The length of each.</param>
    /// <param name="destination">The packed rows.</param>
    public static void Left(float* source, int stride, bool transposed, int rows, int k, float* destination)
    {
        if (transposed)
        {
            Transpose.Block(source, stride, k, rows, destination, GemmTile<TVector>.RowStride);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            Copy(source + ((nint)row * stride), k, destination + (row * GemmTile<TVector>.RowStride));
        }
    }

    /// <summary>Packs one panel of the right operand: [k, <see cref="GemmTile{TVector}.Columns"/>], zero beyond the last column.</summary>
    /// <param name="source">The first element: k 0, the panel's first column.</param>
    /// <param name="stride">Floats from one stored row to the next.</param>
    /// <param name="transposed">Whether the operand is stored as [columns, k].</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="columns">The number of columns that exist, at most a panel's.</param>
    /// <param name="panel">The packed panel.</param>
    public static void Right(float* source, int stride, bool transposed, int k, int columns, float* panel)
    {
        int width = PanelColumns;
        if (columns < width)
        {
            new Span<float>(panel, k * width).Clear();
        }

        if (transposed)
        {
            Transpose.Block(source, stride, columns, k, panel, width);
        }
        else if (columns == width)
        {
            CopyFullRows(source, stride, k, panel);
        }
        else
        {
            for (int i = 0; i < k; i++)
            {
                Copy(source + ((nint)i * stride), columns, panel + (i * width));
            }
        }
    }

    private static void CopyFullRows(float* source, int stride, int k, float* panel)
    {
        int w = TVector.Width;
        for (int i = 0; i < k; i++)
        {
            TVector.Load(source).Store(panel);
            TVector.Load(source + w).Store(panel + w);
            source += stride;
            panel += 2 * w;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, int count, float* destination) =>
        Unsafe.CopyBlockUnaligned(destination, source, (uint)count * sizeof(float));
}
