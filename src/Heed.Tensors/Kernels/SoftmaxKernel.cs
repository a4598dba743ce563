using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = e^(x - max) / sum(e^(x - max)) for each row; an item is one row. y may be x.</summary>
/// <remarks>An entry of minus infinity gets the weight 0. A row of nothing else has no softmax: its result is NaN.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct SoftmaxForward<TVector>(float* x, float* y, int columns) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* from = x + ((nint)row * columns);
            float* to = y + ((nint)row * columns);
            float max = VectorLoop<TVector>.Max(from, columns);
            float sum = VectorLoop<TVector>.Sum(columns, new StoredExponential(from, to, max));
            VectorLoop<TVector>.Each(0, columns, new MapOne<TVector, ScaleFunction<TVector>>(to, to, new ScaleFunction<TVector>(1 / sum)));
        }
    }

    /// <summary>Sums e^(x - shift) and keeps each.</summary>
    private readonly struct StoredExponential(float* x, float* y, float shift) : IVectorTerm<TVector>
    {
        private readonly TVector shift = TVector.Broadcast(shift);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            TVector exponential = VectorMath<TVector>.Exp(lanes.Load(x + index, TVector.Broadcast(float.NegativeInfinity)) - shift);
            lanes.Store(y + index, exponential);
            return sum + exponential;
        }
    }
}

/// <summary>dx = y (dy - sum(y dy)) for each row; an item is one row. dx may be dy.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct SoftmaxBackward<TVector>(float* y, float* dy, float* dx, int columns) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint offset = (nint)row * columns;
            float dot = VectorLoop<TVector>.Sum(columns, new ProductTerm<TVector>(y + offset, dy + offset));
            VectorLoop<TVector>.Each(0, columns, new MapTwo<TVector, Gradient>(y + offset, dy + offset, dx + offset, new Gradient(dot)));
        }
    }

    private readonly struct Gradient(float dot) : IBinaryFunction<TVector>
    {
        private readonly TVector dot = TVector.Broadcast(dot);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector a, TVector b) => a * (b - dot);
    }
}
