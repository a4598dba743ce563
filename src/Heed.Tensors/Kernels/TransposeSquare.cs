using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Tensors.Kernels;

/// <summary>Transposes 16 by 16 floats in 512-bit registers: whole cache lines in, whole cache lines out.</summary>
internal static unsafe class TransposeSquare
{
    /// <summary>The rows and columns of a square.</summary>
    public const int Size = 16;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>destination[column, row] = source[row, column].</summary>
    /// <param name="source">The square's first element.</param>
    /// <param name="sourceStride">Floats from one source row to the next.</param>
    /// <param name="destination">The result's first element.</param>
    /// <param name="destinationStride">Floats from one destination row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        FourRows(source, sourceStride, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        FourRows(source + (4 * sourceStride), sourceStride, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        FourRows(source + (8 * sourceStride), sourceStride, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        FourRows(source + (12 * sourceStride), sourceStride, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        FourColumns(a0, b0, c0, d0, destination, 4 * destinationStride);
        FourColumns(a1, b1, c1, d1, destination + destinationStride, 4 * destinationStride);
        FourColumns(a2, b2, c2, d2, destination + (2 * destinationStride), 4 * destinationStride);
        FourColumns(a3, b3, c3, d3, destination + (3 * destinationStride), 4 * destinationStride);
    }

    // Quarter q of columnN holds column 4 q + N of the four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows(float* source, nint stride, out Vector512<float> column0, out Vector512<float> column1, out Vector512<float> column2, out Vector512<float> column3)
    {
        Vector512<float> row0 = Vector512.Load(source), row1 = Vector512.Load(source + stride);
        Vector512<float> row2 = Vector512.Load(source + (2 * stride)), row3 = Vector512.Load(source + (3 * stride));
        Vector512<double> low01 = Avx512F.UnpackLow(row0, row1).AsDouble(), low23 = Avx512F.UnpackLow(row2, row3).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(row0, row1).AsDouble(), high23 = Avx512F.UnpackHigh(row2, row3).AsDouble();
        column0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        column1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        column2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        column3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    // Gathers quarter q of all four into result row q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint stride)
    {
        const byte firstHalves = 0x44, secondHalves = 0xEE, evenQuarters = 0x88, oddQuarters = 0xDD;
        Vector512<float> first = Avx512F.Shuffle4x128(a, b, firstHalves), second = Avx512F.Shuffle4x128(c, d, firstHalves);
        Vector512<float> third = Avx512F.Shuffle4x128(a, b, secondHalves), fourth = Avx512F.Shuffle4x128(c, d, secondHalves);
        Avx512F.Shuffle4x128(first, second, evenQuarters).Store(destination);
        Avx512F.Shuffle4x128(first, second, oddQuarters).Store(destination + stride);
        Avx512F.Shuffle4x128(third, fourth, evenQuarters).Store(destination + (2 * stride));
        Avx512F.Shuffle4x128(third, fourth, oddQuarters).Store(destination + (3 * stride));
    }
}
