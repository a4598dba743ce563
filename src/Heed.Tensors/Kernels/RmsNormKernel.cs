using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = x inverseRms gain for each row; an item is one row. y may be x.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct RmsNormForward<TVector>(float* x, float* gain, int columns, float epsilon, float* y, float* inverseRms) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* from = x + ((nint)row * columns);
            float inverse = 1 / MathF.Sqrt((VectorLoop<TVector>.Sum(columns, new SquaredDeviationTerm<TVector>(from, 0)) / columns) + epsilon);
            VectorLoop<TVector>.Each(0, columns, new MapTwo<TVector, Normalize>(from, gain, y + ((nint)row * columns), new Normalize(inverse)));
            inverseRms[row] = inverse;
        }
    }

    private readonly struct Normalize(float inverse) : IBinaryFunction<TVector>
    {
        private readonly TVector inverse = TVector.Broadcast(inverse);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector a, TVector b) => a * inverse * b;
    }
}

/// <summary>The gradients of <see cref="RmsNormForward{TVector}"/>; an item is a block of rows, see <see cref="RowBlocks"/>. dx may be dy.</summary>
/// <remarks>With v = x inverseRms and g = dy gain: dx = inverseRms (g - v mean(g v)); the gradient of gain is the sum of dy v.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct RmsNormBackward<TVector>(float* x, float* gain, int rows, int columns, float* inverseRms, float* dy, float* dx, RowBlocks gainBlocks) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int block = start; block < end; block++)
        {
            float* dGain = gainBlocks.Cleared(block);
            int first = block * RowBlocks.Rows;
            int last = first + Math.Min(RowBlocks.Rows, rows - first);
            for (int row = first; row < last; row++)
            {
                nint offset = (nint)row * columns;
                float dot = VectorLoop<TVector>.Sum(columns, new Projection(x + offset, gain, dy + offset, dGain, inverseRms[row]));
                VectorLoop<TVector>.Each(0, columns, new Gradient(x + offset, gain, dy + offset, dx + offset, inverseRms[row], dot / columns));
            }
        }
    }

    /// <summary>Sums g v, and adds dy v to the block's gradient of gain.</summary>
    private readonly struct Projection(float* x, float* gain, float* dy, float* dGain, float inverse) : IVectorTerm<TVector>
    {
        private readonly TVector inverse = TVector.Broadcast(inverse);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector share = lanes.Load(dy + index, zero) * (lanes.Load(x + index, zero) * inverse);
            lanes.Store(dGain + index, share + lanes.Load(dGain + index, zero));
            return TVector.MultiplyAdd(share, lanes.Load(gain + index, zero), sum);
        }
    }

    private readonly struct Gradient(float* x, float* gain, float* dy, float* dx, float inverse, float projection) : IVectorStep<TVector>
    {
        private readonly TVector inverse = TVector.Broadcast(inverse);
        private readonly TVector projection = TVector.Broadcast(projection);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector normalized = lanes.Load(x + index, zero) * inverse;
            TVector scaled = lanes.Load(dy + index, zero) * lanes.Load(gain + index, zero);
            lanes.Store(dx + index, inverse * (scaled - (normalized * projection)));
        }
    }
}
