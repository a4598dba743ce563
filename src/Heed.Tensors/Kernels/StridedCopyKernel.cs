using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>
/// Copies or adds between strided layouts; an item is one piece of an innermost loop, so that one long loop is shared out like
/// many short ones. Additions to one destination stay in order and on one thread.
/// </summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct StridedCopyKernel<TVector>(float* source, float* destination, StridedLoops loops, bool accumulate) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    public void Run(int start, int end)
    {
        int repetitions = loops.Repetitions;
        int pieces = loops.Pieces;
        while (start < end)
        {
            (int item, int first) = Math.DivRem(start, pieces);
            int taken = Math.Min(pieces - first, end - start);
            int length = pieces == 1 ? loops.Length : taken;
            for (int repetition = 0; repetition < repetitions; repetition++)
            {
                nint from = (nint)first * loops.From;
                nint to = (nint)first * loops.To;
                loops.Offsets(item, repetition, ref from, ref to);
                Line(source + from, destination + to, length);
            }

            start += taken;
        }
    }

    private void Line(float* from, float* to, int length)
    {
        switch (loops.From, loops.To)
        {
            case (1, 1) when accumulate:
                new MapTwo<TVector, AddFunction<TVector>>(to, from, to, default).Run(0, length);
                break;
            case (1, 1):
                new CopyElements(from, to).Run(0, length);
                break;
            case (1, 0) when accumulate:
                *to += Sum(from, length);
                break;
            case (0, 1) when !accumulate:
                new FillElements(to, *from).Run(0, length);
                break;
            default:
                Scattered(from, to, length);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(float* x, int length) => VectorLoop<TVector>.Sum(length, new ValueTerm<TVector>(x));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scattered(float* from, float* to, int length)
    {
        (nint fromStride, nint toStride) = (loops.From, loops.To);
        if (accumulate)
        {
            for (int i = 0; i < length; i++)
            {
                to[i * toStride] += from[i * fromStride];
            }

            return;
        }

        for (int i = 0; i < length; i++)
        {
            to[i * toStride] = from[i * fromStride];
        }
    }
}

/// <summary>
/// A copy that transposes: what lies side by side in the source does not in the destination. An item is one square tile, small enough
/// that both its sides stay in the first cache.
/// </summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct TransposingCopyKernel<TVector>(float* source, float* destination, StridedLoops loops, int columns, int columnStride, bool accumulate) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private const int Side = 64;

    /// <summary>The elements of one tile.</summary>
    public const int TileArea = Side * Side;

    public int Tiles => checked(loops.Items * TileRows * TileColumns);

    private int TileRows => (loops.Length + Side - 1) / Side;

    private int TileColumns => (columns + Side - 1) / Side;

    public void Run(int start, int end)
    {
        float* tile = stackalloc float[TileArea];
        for (int number = start; number < end; number++)
        {
            (int rest, int tileColumn) = Math.DivRem(number, TileColumns);
            (int item, int tileRow) = Math.DivRem(rest, TileRows);
            int row = tileRow * Side;
            int column = tileColumn * Side;
            nint from = ((nint)row * loops.From) + column;
            nint to = row + ((nint)column * columnStride);
            loops.Offsets(item, 0, ref from, ref to);
            Move(source + from, destination + to, Math.Min(Side, loops.Length - row), Math.Min(Side, columns - column), tile);
        }
    }

    // By way of a tile of its own: each line of the destination is written whole, however unluckily the lines fall in the cache.
    private void Move(float* from, float* to, int rows, int columns, float* tile)
    {
        Transpose.Block(from, loops.From, rows, columns, tile, Side);
        for (int column = 0; column < columns; column++)
        {
            float* line = to + ((nint)column * columnStride);
            if (accumulate)
            {
                new MapTwo<TVector, AddFunction<TVector>>(line, tile + (column * Side), line, default).Run(0, rows);
            }
            else
            {
                new CopyElements(tile + (column * Side), line).Run(0, rows);
            }
        }
    }
}
