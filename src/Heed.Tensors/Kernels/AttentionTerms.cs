using Heed.Tensors.Devices;
using Heed.Tensors.Random;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>What may stand between the scores of a tile and their softmax: masks, the bias of distances and dropout.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionTerms<TVector>(AttentionShape shape)
    where TVector : unmanaged, ISimd<TVector>
{
    private static int Width => AttentionPanels<TVector>.Width;

    /// <summary>Floats of scratch memory that a tile needs.</summary>
    public static int ScratchLength => AttentionPanels<TVector>.TileLength + (2 * Width) + AttentionPanels<TVector>.Keys;

    /// <summary>The keys of a tile that some query of a panel sees, counted from the tile's first: those before the end.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="first">The panel's first query.</param>
    /// <param name="count">The panel's queries.</param>
    /// <param name="firstKey">The tile's first key.</param>
    /// <param name="keys">The tile's keys.</param>
    public int Seen(int sequence, int first, int count, int firstKey, int keys)
    {
        int end = shape.VisibleKeys(sequence, first + count - 1).End - firstKey;
        return shape.VisibleKeys(sequence, first).First - firstKey >= keys ? 0 : Math.Clamp(end, 0, keys);
    }

    /// <summary>Adds the bias to a tile of scores, if there is one, and sets hidden scores to minus infinity; returns the scale that is still to be applied.</summary>
    public float Mask(float* scores, int sequence, int head, int first, int count, int firstKey, int keys, float* scratch)
    {
        float scale = shape.Scale;
        if (shape.Settings.DistanceBias is not null)
        {
            AddBias(scores, sequence, head, first, firstKey, keys, scratch);
            scale = 1;
        }

        bool allSeen = shape.VisibleKeys(sequence, first + count - 1).First <= firstKey && shape.VisibleKeys(sequence, first).End >= firstKey + keys;
        for (int j = 0; !allSeen && j < keys; j++)
        {
            (int from, int to) = shape.VisibleQueries(sequence, firstKey + j);
            (from, to) = (Math.Clamp(from - first, 0, Width), Math.Clamp(to - first, 0, Width));
            new Span<float>(scores + (j * Width), from).Fill(float.NegativeInfinity);
            new Span<float>(scores + (j * Width) + to, Width - to).Fill(float.NegativeInfinity);
        }

        return scale;
    }

    /// <summary>Adds the bias to the visible scores of one query's row; returns the scale that is still to be applied.</summary>
    public float AddRowBias(float* row, int sequence, int head, int i, int firstKey, int from, int to)
    {
        if (shape.Settings.DistanceBias is not { } distanceBias)
        {
            return shape.Scale;
        }

        float* bias = distanceBias.Pointer + shape.BiasOffset(sequence, i, head) + firstKey;
        for (int j = from; j < to; j++)
        {
            row[j] = (row[j] * shape.Scale) + bias[j];
        }

        return 1;
    }

    /// <summary>Adds a tile of score gradients to the gradients of the bias of their distances.</summary>
    public void AddBiasGradient(float* gradients, float* sums, int sequence, int head, int first, int firstKey, int keys)
    {
        for (int j = 0; j < keys; j++)
        {
            (int from, int to) = shape.VisibleQueries(sequence, firstKey + j);
            for (int i = Math.Max(first, from); i < Math.Min(first + Width, to); i++)
            {
                sums[shape.BiasOffset(sequence, i, head) + firstKey + j] += gradients[(j * Width) + i - first];
            }
        }
    }

    /// <summary>What dropout multiplies the weights of a tile by: 0, or 1 / (1 - p).</summary>
    public float* KeepFactors(int sequence, int head, int first, int count, int firstKey, int keys, float* scratch)
    {
        if (shape.Settings.DropoutFactors is { } drawn)
        {
            float[,] map = drawn[sequence, head];
            for (int j = 0; j < keys; j++)
            {
                for (int i = 0; i < count; i++)
                {
                    scratch[(j * Width) + i] = map[first + i, firstKey + j];
                }
            }

            return scratch;
        }

        var low = (uint*)(scratch + AttentionPanels<TVector>.TileLength);
        uint* high = low + Width;
        for (int i = 0; i < Width; i++)
        {
            ulong stream = shape.DropoutStream(shape.Settings.Queries.Starts[sequence] + first + i, head);
            (low[i], high[i]) = ((uint)stream, (uint)(stream >> 32));
        }

        var keep = TVector.Broadcast(1 / (1 - shape.Settings.Dropout));
        var probability = TVector.Broadcast(shape.Settings.Dropout);
        for (int j = 0; j < keys; j++)
        {
            for (int i = 0; i < Width; i += TVector.Width)
            {
                TVector dropped = TVector.LessThan(TVector.Uniform(low + i, high + i, (uint)(firstKey + j)), probability);
                TVector.Select(dropped, TVector.Broadcast(0f), keep).Store(scratch + (j * Width) + i);
            }
        }

        return scratch;
    }

    /// <summary>Multiplies a tile by factors.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="stride">Floats from one of its rows to the next.</param>
    /// <param name="keys">Its rows.</param>
    /// <param name="factors">[keys, queries of a panel].</param>
    public static void Multiply(float* tile, int stride, int keys, float* factors)
    {
        for (int j = 0; j < keys; j++)
        {
            for (int i = 0; i < Width; i += TVector.Width)
            {
                (TVector.Load(tile + (j * stride) + i) * TVector.Load(factors + (j * Width) + i)).Store(tile + (j * stride) + i);
            }
        }
    }

    // The bias falls by one place with each query and rises by one with each key: backwards in memory it is a row of queries for every key.
    private void AddBias(float* scores, int sequence, int head, int first, int firstKey, int keys, float* scratch)
    {
        Tensor bias = shape.Settings.DistanceBias!;
        float* row = bias.Pointer + ((nint)head * bias.Columns);
        int start = shape.BiasOffset(sequence, first, head) - (head * bias.Columns) + firstKey + keys - 1;
        for (int t = 0; t < keys + Width; t++)
        {
            scratch[t] = row[Math.Clamp(start - t, 0, bias.Columns - 1)]; // what lies outside belongs to no pair that is seen
        }

        var scale = TVector.Broadcast(shape.Scale);
        for (int j = 0; j < keys; j++)
        {
            for (int i = 0; i < Width; i += TVector.Width)
            {
                float* score = scores + (j * Width) + i;
                ((TVector.Load(score) * scale) + TVector.Load(scratch + keys - 1 - j + i)).Store(score);
            }
        }
    }
}
