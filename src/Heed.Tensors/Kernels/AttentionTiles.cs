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
        HeadStride = TileProduct<TVector>.PaddedColumns(shape.HeadDim);
        int length = TileProduct<TVector>.ScratchLength + (2 * Block * shape.HeadDim) + (tiles * Block * Stride) + (headTiles * Block * HeadStride) + extra + 256;
        memory = BufferPool.Rent(length);
        Scratch = memory.Pointer;
        GatheredKeys = Scratch + TileProduct<TVector>.ScratchLength;
        GatheredValues = GatheredKeys + (Block * shape.HeadDim);
        next = GatheredValues + (Block * shape.HeadDim);
    }

    /// <summary>Floats from one row of a [queries, keys] tile to the next: those of a packed left operand, so that weights are multiplied where they lie.</summary>
    public static int Stride => GemmTile<TVector>.RowStride;

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

    /// <summary>The queries of a block, copied to where they need not be packed again for every block of keys; where they lie if they are too wide for that.</summary>
    public readonly TileOperand Queries(float* query, int row, int count, int head, float* tile)
    {
        float* source = query + shape.QueryOffset(row, head);
        if (shape.HeadDim > Stride)
        {
            return new TileOperand(source, shape.QueryWidth);
        }

        GemmPacking<TVector>.Left(source, shape.QueryWidth, transposed: false, count, shape.HeadDim, tile);
        return new TileOperand(tile, Stride);
    }

    /// <summary>The keys of a block, [keys, headDim]; rows that a table scatters are first gathered.</summary>
    public readonly TileOperand Keys(float* key, int sequence, int first, int count, int head, bool transposed) =>
        Rows(key, GatheredKeys, sequence, first, count, head, transposed);

    /// <summary>The values of a block, [keys, headDim].</summary>
    public readonly TileOperand Values(float* value, int sequence, int first, int count, int head, bool transposed) =>
        Rows(value, GatheredValues, sequence, first, count, head, transposed);

    /// <summary>The keys of a block that the i-th query of a sequence sees, counted from the block's first.</summary>
    public readonly (int From, int To) Seen(int sequence, int i, int firstKey, int keys)
    {
        (int first, int end) = shape.VisibleKeys(sequence, i);
        int to = Math.Clamp(end - firstKey, 0, keys);
        return (Math.Clamp(first - firstKey, 0, to), to);
    }

    /// <summary>Adds the distance bias to the scaled scores of one query, where there is one; returns the scale that is still to be applied.</summary>
    public readonly float AddBias(float* row, int sequence, int i, int head, int firstKey, int to)
    {
        if (shape.Settings.DistanceBias is not { } distanceBias)
        {
            return shape.Scale;
        }

        float* bias = distanceBias.Pointer + shape.BiasOffset(sequence, i, head) + firstKey;
        for (int j = 0; j < to; j++)
        {
            row[j] = (row[j] * shape.Scale) + bias[j];
        }

        return 1;
    }

    /// <summary>Turns scores into exp(scale * score - maximum) and hidden keys into 0; returns the sum of the row.</summary>
    /// <param name="row">The scores of one query; has room for whole vectors.</param>
    /// <param name="from">The first key of the block that the query sees.</param>
    /// <param name="to">The first key after those that it sees.</param>
    /// <param name="columns">The keys of the block.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="maximum">What is subtracted.</param>
    public static float Exponentials(float* row, int from, int to, int columns, float scale, float maximum)
    {
        int start = from / TVector.Width * TVector.Width;
        Hide(row, 0, start);
        var factor = TVector.Broadcast(scale);
        var offset = TVector.Broadcast(maximum);
        var sum = TVector.Broadcast(0f);
        for (int j = start; j < to; j += TVector.Width)
        {
            TVector weights = VectorMath<TVector>.Exp((TVector.Load(row + j) * factor) - offset);
            if (j < from || j + TVector.Width > to)
            {
                weights.Store(row + j);
                Hide(row, j, from);
                Hide(row, to, j + TVector.Width);
                weights = TVector.Load(row + j);
            }

            weights.Store(row + j);
            sum += weights;
        }

        int end = Math.Max(start, (to + TVector.Width - 1) / TVector.Width * TVector.Width);
        Hide(row, end, Math.Max(end, columns));
        return TVector.Sum(sum);
    }

    /// <summary>The largest of the scores that a query sees, times scale.</summary>
    public static float Maximum(float* row, int from, int to, float scale)
    {
        var largest = TVector.Broadcast(float.NegativeInfinity);
        int j = from;
        for (; j + TVector.Width <= to; j += TVector.Width)
        {
            largest = TVector.Max(largest, TVector.Load(row + j));
        }

        float maximum = TVector.MaxLane(largest);
        for (; j < to; j++)
        {
            maximum = Math.Max(maximum, row[j]);
        }

        return maximum * scale;
    }

    /// <summary>Turns one query's scores of a block into weights, and its running maximum, denominator and context to the new maximum.</summary>
    /// <param name="row">The scores; see <see cref="Exponentials"/>.</param>
    /// <param name="sum">The context so far, not yet divided.</param>
    /// <param name="length">Its length, in whole vectors.</param>
    /// <param name="from">The first key of the block that the query sees.</param>
    /// <param name="to">The first key after those that it sees.</param>
    /// <param name="columns">The keys of the block.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="maximum">The largest score so far.</param>
    /// <param name="denominator">The sum of the weights so far.</param>
    public static void UpdateRow(float* row, float* sum, int length, int from, int to, int columns, float scale, ref float maximum, ref float denominator)
    {
        float largest = Math.Max(maximum, Maximum(row, from, to, scale));
        float blockSum = Exponentials(row, from, to, columns, scale, largest);
        if (largest > maximum && denominator > 0)
        {
            float correction = MathF.Exp(maximum - largest);
            denominator *= correction;
            var factor = TVector.Broadcast(correction);
            for (int d = 0; d < length; d += TVector.Width)
            {
                (TVector.Load(sum + d) * factor).Store(sum + d);
            }
        }

        maximum = largest;
        denominator += blockSum;
    }

    /// <summary>Divides a context by its denominator; returns the logarithm of the softmax's denominator. A query that saw nothing gets zeros.</summary>
    public static float FinishRow(float* sum, float* result, int headDim, float maximum, float denominator)
    {
        bool sawNothing = denominator == 0;
        float inverse = sawNothing ? 0 : 1 / denominator;
        for (int d = 0; d < headDim; d++)
        {
            result[d] = sum[d] * inverse;
        }

        return sawNothing ? 0 : maximum + MathF.Log(denominator);
    }

    /// <summary>Multiplies a row of weights by its dropout mask.</summary>
    public readonly void Drop(float* row, int sequence, int i, int head, int firstKey, int columns)
    {
        if (shape.Settings.DropoutFactors is { } factors)
        {
            float[,] drawn = factors[sequence, head];
            for (int j = 0; j < columns; j++)
            {
                row[j] *= drawn[i, firstKey + j];
            }

            return;
        }

        ulong stream = shape.DropoutStream(shape.Settings.Queries.Starts[sequence] + i, head);
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
