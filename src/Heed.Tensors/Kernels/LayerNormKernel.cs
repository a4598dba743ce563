using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = (x - mean) inverseDeviation gain + bias for each row; an item is one row. y may be x.</summary>
/// <remarks>The mean first, then the variance around it: exact enough however far the mean is from 0. The row stays in the first cache meanwhile.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LayerNormForward<TVector>(float* x, float* gain, float* bias, int columns, float epsilon, float* y, float* means, float* inverseDeviations) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* from = x + ((nint)row * columns);
            float mean = VectorLoop<TVector>.Sum(columns, new ValueTerm<TVector>(from)) / columns;
            float variance = VectorLoop<TVector>.Sum(columns, new SquaredDeviationTerm<TVector>(from, mean)) / columns;
            float inverse = 1 / MathF.Sqrt(variance + epsilon);
            VectorLoop<TVector>.Each(0, columns, new Normalize(from, gain, bias, y + ((nint)row * columns), mean, inverse));
            means[row] = mean;
            inverseDeviations[row] = inverse;
        }
    }

    private readonly struct Normalize(float* x, float* gain, float* bias, float* y, float mean, float inverse) : IVectorStep<TVector>
    {
        private readonly TVector mean = TVector.Broadcast(mean);
        private readonly TVector inverse = TVector.Broadcast(inverse);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector normalized = (lanes.Load(x + index, zero) - mean) * inverse;
            lanes.Store(y + index, TVector.MultiplyAdd(normalized, lanes.Load(gain + index, zero), lanes.Load(bias + index, zero)));
        }
    }
}

/// <summary>The gradients of <see cref="LayerNormForward{TVector}"/>; an item is a block of rows, see <see cref="RowBlocks"/>. dx may be dy.</summary>
/// <remarks>
/// With v the normalised row and g = dy gain: dx = inverseDeviation (g - mean(g) - v mean(g v)). Each block adds its rows' share
/// of the gradients of gain (dy v) and bias (dy) up on its own; <see cref="BlockTotals{TVector}"/> adds the blocks.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LayerNormBackward<TVector>(float* x, float* gain, int rows, int columns, float* means, float* inverseDeviations, float* dy, float* dx, RowBlocks gainBlocks, RowBlocks biasBlocks) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int block = start; block < end; block++)
        {
            float* dGain = gainBlocks.Cleared(block);
            float* dBias = biasBlocks.Cleared(block);
            int first = block * RowBlocks.Rows;
            int last = first + Math.Min(RowBlocks.Rows, rows - first);
            for (int row = first; row < last; row++)
            {
                nint offset = (nint)row * columns;
                (float mean, float inverse) = (means[row], inverseDeviations[row]);
                (float sum, float dot) = VectorLoop<TVector>.SumPair(columns, new Sums(x + offset, gain, dy + offset, dGain, dBias, mean, inverse));
                VectorLoop<TVector>.Each(0, columns, new Gradient(x + offset, gain, dy + offset, dx + offset, mean, inverse, sum / columns, dot / columns));
            }
        }
    }

    /// <summary>Sums g and g v, and adds dy v and dy to the block's gradients of gain and bias.</summary>
    private readonly struct Sums(float* x, float* gain, float* dy, float* dGain, float* dBias, float mean, float inverse) : IVectorTermPair<TVector>
    {
        private readonly TVector mean = TVector.Broadcast(mean);
        private readonly TVector inverse = TVector.Broadcast(inverse);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddTo<TLanes>(ref TVector first, ref TVector second, int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector upstream = lanes.Load(dy + index, zero);
            TVector normalized = (lanes.Load(x + index, mean) - mean) * inverse;
            TVector scaled = upstream * lanes.Load(gain + index, zero);
            first += scaled;
            second = TVector.MultiplyAdd(scaled, normalized, second);
            lanes.Store(dGain + index, TVector.MultiplyAdd(upstream, normalized, lanes.Load(dGain + index, zero)));
            lanes.Store(dBias + index, upstream + lanes.Load(dBias + index, zero));
        }
    }

    private readonly struct Gradient(float* x, float* gain, float* dy, float* dx, float mean, float inverse, float average, float projection) : IVectorStep<TVector>
    {
        private readonly TVector mean = TVector.Broadcast(mean);
        private readonly TVector inverse = TVector.Broadcast(inverse);
        private readonly TVector average = TVector.Broadcast(average);
        private readonly TVector projection = TVector.Broadcast(projection);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector normalized = (lanes.Load(x + index, zero) - mean) * inverse;
            TVector scaled = lanes.Load(dy + index, zero) * lanes.Load(gain + index, zero);
            lanes.Store(dx + index, inverse * (scaled - TVector.MultiplyAdd(normalized, projection, average)));
        }
    }
}
