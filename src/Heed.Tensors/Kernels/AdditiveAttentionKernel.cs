using System.Runtime.CompilerServices;
using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Where the rows and weights of each query of additive attention stand, and how wide the rows are.</summary>
internal readonly unsafe struct AdditiveAttentionRows(int* starts, int* lengths, int* offsets, int attentionSize, int memorySize, int longest)
{
    public int AttentionSize => attentionSize;

    public int MemorySize => memorySize;

    public int Longest => longest;

    public (int First, int Count, int Offset) Of(int query) => (starts[query], lengths[query], offsets[query]);
}

/// <summary>Additive attention; an item is one query. See <see cref="Devices.Device.AdditiveAttention"/>.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AdditiveAttentionForward<TVector>(float* query, float* keys, float* score, float* values, AdditiveAttentionRows rows, float* weights, float* context) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            (int first, int count, int offset) = rows.Of(i);
            float* w = weights + offset;
            for (int j = 0; j < count; j++)
            {
                w[j] = VectorLoop<TVector>.Sum(rows.AttentionSize, new ScoreTerm(query + ((nint)i * rows.AttentionSize), keys + ((nint)(first + j) * rows.AttentionSize), score));
            }

            float* sum = context + ((nint)i * rows.MemorySize);
            new Span<float>(sum, rows.MemorySize).Clear();
            if (count > 0)
            {
                new SoftmaxForward<TVector>(w, w, count).Run(0, 1);
            }

            for (int j = 0; j < count; j++)
            {
                VectorLoop<TVector>.Each(0, rows.MemorySize, new MapTwo<TVector, AddScaledFunction<TVector>>(values + ((nint)(first + j) * rows.MemorySize), sum, sum, new AddScaledFunction<TVector>(w[j])));
            }
        }
    }

    /// <summary>Sums score tanh(query + key); padding adds 0 because that of score is 0.</summary>
    private readonly struct ScoreTerm(float* query, float* key, float* score) : IVectorTerm<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector compared = VectorMath<TVector>.Tanh(lanes.Load(query + index, zero) + lanes.Load(key + index, zero));
            return TVector.MultiplyAdd(compared, lanes.Load(score + index, zero), sum);
        }
    }
}

/// <summary>The gradients of <see cref="AdditiveAttentionForward{TVector}"/>; an item is a block of queries, see <see cref="RowBlocks"/>.</summary>
/// <remarks>
/// With dw_j = dContext . values_j and ds_j = w_j (dw_j - sum w dw): dValues_j += w_j dContext; with t = tanh(query + keys_j), computed again,
/// dScore += ds_j t, and ds_j score (1 - t^2) goes to the query and to keys_j.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AdditiveAttentionBackward<TVector>(
    float* query, float* keys, float* score, float* values, AdditiveAttentionRows rows, int queries, float* weights, float* dContext, float* dQuery, float* dKeys, float* dValues, RowBlocks scoreBlocks) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        using var scratch = new Scratch(rows.Longest);
        for (int block = start; block < end; block++)
        {
            float* dScore = scoreBlocks.Cleared(block);
            int first = block * RowBlocks.Rows;
            int last = first + Math.Min(RowBlocks.Rows, queries - first);
            for (int i = first; i < last; i++)
            {
                Query(i, scratch.Pointer, dScore);
            }
        }
    }

    private void Query(int i, float* upstream, float* dScore)
    {
        (int first, int count, int offset) = rows.Of(i);
        float* w = weights + offset;
        float* arriving = dContext + ((nint)i * rows.MemorySize);
        float mean = 0;
        for (int j = 0; j < count; j++)
        {
            nint row = (nint)(first + j) * rows.MemorySize;
            upstream[j] = VectorLoop<TVector>.Sum(rows.MemorySize, new ProductTerm<TVector>(arriving, values + row));
            VectorLoop<TVector>.Each(0, rows.MemorySize, new MapTwo<TVector, AddScaledFunction<TVector>>(arriving, dValues + row, dValues + row, new AddScaledFunction<TVector>(w[j])));
            mean += w[j] * upstream[j];
        }

        nint column = (nint)i * rows.AttentionSize;
        new Span<float>(dQuery + column, rows.AttentionSize).Clear();
        for (int j = 0; j < count; j++)
        {
            nint row = (nint)(first + j) * rows.AttentionSize;
            VectorLoop<TVector>.Each(0, rows.AttentionSize, new Gradient(query + column, keys + row, score, dQuery + column, dKeys + row, dScore, w[j] * (upstream[j] - mean)));
        }
    }

    private readonly struct Gradient(float* query, float* key, float* score, float* dQuery, float* dKey, float* dScore, float upstream) : IVectorStep<TVector>
    {
        private readonly TVector upstream = TVector.Broadcast(upstream);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector t = VectorMath<TVector>.Tanh(lanes.Load(query + index, zero) + lanes.Load(key + index, zero));
            TVector change = upstream * lanes.Load(score + index, zero) * (TVector.Broadcast(1f) - (t * t));
            lanes.Store(dScore + index, TVector.MultiplyAdd(upstream, t, lanes.Load(dScore + index, zero)));
            lanes.Store(dQuery + index, lanes.Load(dQuery + index, zero) + change);
            lanes.Store(dKey + index, lanes.Load(dKey + index, zero) + change);
        }
    }
}
