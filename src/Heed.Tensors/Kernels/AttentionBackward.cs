using Heed.Tensors.Devices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Attention, backward: one item is one sequence and key head, with all query heads that share it.</summary>
/// <remarks>
/// The weights P = exp(scale * Q K^T - logSumExp) are computed again, tile by tile. With the upstream gradient dO:
/// dV = P^T dO; dP = dO V^T; dS = scale * P * (dP - D), where D = sum(dO * O) over headDim; dQ = dS K; dK = dS^T Q
/// (Dao et al. 2022, appendix B.2); the gradient of a distance's bias is the sum of its P * (dP - D). Dropout multiplies P where it meets values, and dP. One item runs on one thread and walks
/// its tiles in order, so that every sum has one order.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionBackward<TVector>(
    float* query, float* key, float* value, AttentionShape shape, float* context, float* logSumExp, int queryRows,
    float* dContext, float* dQuery, float* dKey, float* dValue, Tensor? dDistanceBias, int keyHeads, int longestQueries) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    private static int Block => AttentionTiles<TVector>.Block;

    public void Run(int start, int end)
    {
        var tiles = new AttentionTiles<TVector>(shape, tiles: 3, headTiles: 3, extra: longestQueries + 16);
        var pass = new Pass(tiles.TakeTile(), tiles.TakeTile(), tiles.TakeTile(), tiles.TakeHeadTile(), tiles.TakeHeadTile(), tiles.TakeHeadTile(), tiles.Take(longestQueries));
        int group = shape.Settings.NumHeads / keyHeads;
        for (int item = start; item < end; item++)
        {
            int sequence = item / keyHeads;
            int keyHead = item % keyHeads;
            int keyCount = shape.Settings.Keys.Lengths[sequence];
            for (int firstKey = 0; firstKey < keyCount; firstKey += Block)
            {
                int keys = Math.Min(Block, keyCount - firstKey);
                new Span<float>(pass.KeySums, Block * tiles.HeadStride).Clear();
                new Span<float>(pass.ValueSums, Block * tiles.HeadStride).Clear();
                for (int head = keyHead * group; head < (keyHead + 1) * group; head++)
                {
                    KeyBlock(tiles, pass, sequence, head, firstKey, keys);
                }

                int offset = shape.KeyOffset(sequence, firstKey, keyHead * group);
                CopyRows(pass.KeySums, tiles.HeadStride, keys, dKey + offset, shape.KeyWidth, add: false);
                CopyRows(pass.ValueSums, tiles.HeadStride, keys, dValue + offset, shape.KeyWidth, add: false);
            }
        }

        tiles.Release();
    }

    private void KeyBlock(in AttentionTiles<TVector> tiles, in Pass pass, int sequence, int head, int firstKey, int keys)
    {
        int queryCount = shape.Settings.Queries.Lengths[sequence];
        ContextDots(sequence, head, pass.Dots);
        for (int first = 0; first < queryCount; first += Block)
        {
            int count = Math.Min(Block, queryCount - first);
            bool seen = shape.VisibleKeys(sequence, first + count - 1).End > firstKey && shape.VisibleKeys(sequence, first).First < firstKey + keys;
            if (firstKey == 0 || seen)
            {
                Tile(tiles, pass, sequence, head, first, count, firstKey, keys);
            }
        }
    }

    private void Tile(in AttentionTiles<TVector> tiles, in Pass pass, int sequence, int head, int first, int count, int firstKey, int keys)
    {
        int row = shape.Settings.Queries.Starts[sequence] + first;
        int offset = shape.QueryOffset(row, head);
        var queries = new TileOperand(query + offset, shape.QueryWidth);
        var upstream = new TileOperand(dContext + offset, shape.QueryWidth);
        TileOperand keysTransposed = tiles.Keys(key, sequence, firstKey, keys, head, transposed: true);
        TileOperand valuesTransposed = tiles.Values(value, sequence, firstKey, keys, head, transposed: true);
        TileProduct<TVector>.Multiply(queries, keysTransposed, count, shape.HeadDim, keys, pass.Weights, AttentionTiles<TVector>.Stride, false, tiles.Scratch);
        TileProduct<TVector>.Multiply(upstream, valuesTransposed, count, shape.HeadDim, keys, pass.Gradients, AttentionTiles<TVector>.Stride, false, tiles.Scratch);
        for (int i = 0; i < count; i++)
        {
            WeightRow(tiles, pass, i * AttentionTiles<TVector>.Stride, sequence, first + i, head, firstKey, keys);
        }

        var dropped = new TileOperand(shape.Settings.Dropout > 0 ? pass.Dropped : pass.Weights, AttentionTiles<TVector>.Stride, transposed: true);
        var scoreGradients = new TileOperand(pass.Gradients, AttentionTiles<TVector>.Stride);
        var scoreGradientsTransposed = new TileOperand(pass.Gradients, AttentionTiles<TVector>.Stride, transposed: true);
        TileOperand plainKeys = tiles.Keys(key, sequence, firstKey, keys, head, transposed: false);
        TileProduct<TVector>.Multiply(dropped, upstream, keys, count, shape.HeadDim, pass.ValueSums, tiles.HeadStride, true, tiles.Scratch);
        TileProduct<TVector>.Multiply(scoreGradientsTransposed, queries, keys, count, shape.HeadDim, pass.KeySums, tiles.HeadStride, true, tiles.Scratch);
        TileProduct<TVector>.Multiply(scoreGradients, plainKeys, count, keys, shape.HeadDim, pass.QuerySums, tiles.HeadStride, false, tiles.Scratch);
        CopyRows(pass.QuerySums, tiles.HeadStride, count, dQuery + offset, shape.QueryWidth, add: firstKey > 0);
    }

    // Turns one row of scores into weights, and of dP into dS.
    private void WeightRow(in AttentionTiles<TVector> tiles, in Pass pass, int at, int sequence, int i, int head, int firstKey, int keys)
    {
        int queryRow = shape.Settings.Queries.Starts[sequence] + i;
        (int from, int to) = tiles.Seen(sequence, i, firstKey, keys);
        float* weights = pass.Weights + at;
        float* gradients = pass.Gradients + at;
        float biasedScale = tiles.AddBias(weights, sequence, i, head, firstKey, to);
        AttentionTiles<TVector>.Exponentials(weights, from, to, keys, biasedScale, logSumExp[((nint)head * queryRows) + queryRow]);
        if (shape.Settings.Dropout > 0)
        {
            new Span<float>(weights, keys).CopyTo(new Span<float>(pass.Dropped + at, keys));
            tiles.Drop(pass.Dropped + at, sequence, i, head, firstKey, keys);
            tiles.Drop(gradients, sequence, i, head, firstKey, keys);
        }

        if (dDistanceBias is not null)
        {
            AddBiasGradient(weights, gradients, pass.Dots[i], shape.BiasOffset(sequence, i, head) + firstKey, sequence, from, to);
        }

        var average = TVector.Broadcast(pass.Dots[i]);
        var scale = TVector.Broadcast(shape.Scale);
        for (int j = 0; j < keys; j += TVector.Width)
        {
            (TVector.Load(weights + j) * (TVector.Load(gradients + j) - average) * scale).Store(gradients + j);
        }
    }

    // Each sequence has its own row of sums, so that no two threads add to the same.
    private void AddBiasGradient(float* weights, float* gradients, float dot, int offset, int sequence, int from, int to)
    {
        float* sums = dDistanceBias!.Pointer + ((nint)sequence * dDistanceBias.Columns) + offset;
        for (int j = from; j < to; j++)
        {
            sums[j] += weights[j] * (gradients[j] - dot);
        }
    }

    // D of every query of the sequence: the sum of dO * O, which equals the sum of dP * P.
    private void ContextDots(int sequence, int head, float* dots)
    {
        for (int i = 0; i < shape.Settings.Queries.Lengths[sequence]; i++)
        {
            int offset = shape.QueryOffset(shape.Settings.Queries.Starts[sequence] + i, head);
            float* upstream = dContext + offset;
            float* result = context + offset;
            var sum = TVector.Broadcast(0f);
            int d = 0;
            for (; d + TVector.Width <= shape.HeadDim; d += TVector.Width)
            {
                sum = TVector.MultiplyAdd(TVector.Load(upstream + d), TVector.Load(result + d), sum);
            }

            float dot = TVector.Sum(sum);
            for (; d < shape.HeadDim; d++)
            {
                dot += upstream[d] * result[d];
            }

            dots[i] = dot;
        }
    }

    private void CopyRows(float* source, int sourceStride, int rows, float* destination, int destinationStride, bool add)
    {
        for (int row = 0; row < rows; row++)
        {
            float* from = source + (row * sourceStride);
            float* to = destination + ((nint)row * destinationStride);
            int d = 0;
            for (; d + TVector.Width <= shape.HeadDim; d += TVector.Width)
            {
                (add ? TVector.Load(to + d) + TVector.Load(from + d) : TVector.Load(from + d)).Store(to + d);
            }

            for (; d < shape.HeadDim; d++)
            {
                to[d] = add ? to[d] + from[d] : from[d];
            }
        }
    }

    /// <summary>The scratch tiles of one thread.</summary>
    private readonly struct Pass(float* weights, float* gradients, float* dropped, float* keySums, float* valueSums, float* querySums, float* dots)
    {
        public float* Weights { get; } = weights;

        public float* Gradients { get; } = gradients;

        public float* Dropped { get; } = dropped;

        public float* KeySums { get; } = keySums;

        public float* ValueSums { get; } = valueSums;

        public float* QuerySums { get; } = querySums;

        public float* Dots { get; } = dots;
    }
}
