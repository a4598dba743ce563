using System.Numerics;
using System.Runtime.CompilerServices;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Sums of all elements, or of their squares, in double precision; an item is a block of a fixed number of elements.</summary>
/// <remarks>Bound by memory, so that the widest vectors would not help; doubles need none of the float kernels' functions.</remarks>
internal readonly unsafe struct TotalKernel(float* x, int count, bool squares, double* totals) : IParallelBody
{
    /// <summary>The elements of one block.</summary>
    public const int Block = 8192;

    public static int Blocks(int count) => (int)(((long)count + Block - 1) / Block);

    public void Run(int start, int end)
    {
        for (int block = start; block < end; block++)
        {
            int first = block * Block;
            var values = new ReadOnlySpan<float>(x + first, Math.Min(Block, count - first));
            totals[block] = squares ? SumOfSquares(values) : Sum(values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<float> values)
    {
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> a, out Vector<double> b);
            low += a;
            high += b;
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> a, out Vector<double> b);
            low += a * a;
            high += b * b;
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }
}
