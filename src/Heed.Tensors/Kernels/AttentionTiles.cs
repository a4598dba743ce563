using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>Scratch memory of one thread's attention work, and the steps that the forward and the backward pass share.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal unsafe struct AttentionTiles<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>Queries and keys of one tile. Tiles always begin at multiples of this within a sequence, whatever part of it is asked for.</summary>
    public const int Block = TileProduct<TVector>.MaxRows;

    private readonly AttentionShape shape;
    private readonly MemoryBlock memory;
    private float* next;

    public AttentionTiles(in AttentionShape shape, int tiles, int headTiles, int extra)
    {
        this.shape = shape;
        Stride = TileProduct<TVector>.PaddedColumns(Block);
        HeadStride = TileProduct<TVector>.PaddedColumns(shape.HeadDim);
        int length = TileProduct<TVector>.ScratchLength + (2 * Block * shape.HeadDim) + (tiles * Block * Stride) + (headTiles * Block * HeadStride) + extra + 256;
        memory = BufferPool.Rent(length);
        Scratch = memory.Pointer;
        GatheredKeys = Scratch + TileProduct<TVector>.ScratchLength;
        GatheredValues = GatheredKeys + (Block * shape.HeadDim);
        next = GatheredValues + (Block * shape.HeadDim);
    }

    /// <summary>Floats from one row of a [queries, keys] tile to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats from one row of a [rows, headDim] tile to the next.</summary>
    public int HeadStride { get; }

    public float* Scratch { get; }

    private float* GatheredKeys { get; }

    private float* GatheredValues { get; }

    /// <summary>Takes a piece of the scratch memory.</summary>
    public float* Take(int floats)
    {
        float* piece = next;
        next += floats;
        return piece;
    }

    public float* TakeTile() => Take(Block * Stride);

    public float* TakeHeadTile() => Take(Block * HeadStride);

    public readonly void Release() => BufferPool.Return(memory);

    /// <summary>The keys of a block, [keys, headDim]; rows that a table scatters are first gathered.</summary>
    public readonly TileOperand Keys(float* key, int sequence, int first, int count, int head, bool transposed) =>
        Rows(key, GatheredKeys, sequence, first, count, head, transposed);

    /// <summary>The values of a block, [keys, headDim].</summary>
    public readonly TileOperand Values(float* value, int sequence, int first, int count, int head, bool transposed) =>
        Rows(value, GatheredValues, sequence, first, count, head, transposed);

    /// <summary>Turns scores into exp(scale * score - maximum) and hidden keys into 0; returns the sum of the row.</summary>
    /// <param name="row">The scores of one query; has room for whole vectors.</param>
    /// <param name="visible">How many keys of the block the query sees.</param>
    /// <param name="columns">The keys of the block.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="maximum">What is subtracted.</param>
    public static float Exponentials(float* row, int visible, int columns, float scale, float maximum)
    {
        var factor = TVector.Broadcast(scale);
        var offset = TVector.Broadcast(maximum);
        var sum = TVector.Broadcast(0f);
        for (int j = 0; j < visible; j += TVector.Width)
        {
            TVector weights = VectorMath<TVector>.Exp((TVector.Load(row + j) * factor) - offset);
            if (j + TVector.Width > visible)
            {
                weights.Store(row + j);
                Hide(row, visible, j + TVector.Width);
                weights = TVector.Load(row + j);
            }

            weights.Store(row + j);
            sum += weights;
        }

        int end = (visible + TVector.Width - 1) / TVector.Width * TVector.Width;
        Hide(row, end, Math.Max(end, columns));
        return TVector.Sum(sum);
    }

    /// <summary>The largest of the scores that a query sees, times scale.</summary>
    public static float Maximum(float* row, int visible, float scale)
    {
        var largest = TVector.Broadcast(float.NegativeInfinity);
        int j = 0;
        for (; j + TVector.Width <= visible; j += TVector.Width)
        {
            largest = TVector.Max(largest, TVector.Load(row + j));
        }

        float maximum = TVector.MaxLane(largest);
        for (; j < visible; j++)
        {
            maximum = Math.Max(maximum, row[j]);
        }

        return maximum * scale;
    }

    /// <summary>Multiplies a row of weights by its dropout mask.</summary>
    public readonly void Drop(float* row, int queryRow, int head, int firstKey, int columns)
    {
        ulong stream = shape.DropoutStream(queryRow, head);
        var keep = TVector.Broadcast(1 / (1 - shape.Settings.Dropout));
        var zero = TVector.Broadcast(0f);
        var probability = TVector.Broadcast(shape.Settings.Dropout);
        for (int j = 0; j < columns; j += TVector.Width)
        {
            TVector dropped = TVector.LessThan(TVector.Uniform(stream, (uint)(firstKey + j)), probability);
            (TVector.Load(row + j) * TVector.Select(dropped, zero, keep)).Store(row + j);
        }
    }

    private static void Hide(float* row, int from, int to)
    {
        if (to > from)
        {
            new Span<float>(row + from, to - from).Clear();
        }
    }

    private readonly TileOperand Rows(float* source, float* gathered, int sequence, int first, int count, int head, bool transposed)
    {
        if (shape.Settings.KeyRows is null)
        {
            return new TileOperand(source + shape.KeyOffset(sequence, first, head), shape.KeyWidth, transposed);
        }

        for (int j = 0; j < count; j++)
        {
            new Span<float>(source + shape.KeyOffset(sequence, first + j, head), shape.HeadDim).CopyTo(new Span<float>(gathered + (j * shape.HeadDim), shape.HeadDim));
        }

        return new TileOperand(gathered, shape.HeadDim, transposed);
    }
}
