using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = x - max - log(sum(e^(x - max))) for each row; an item is one row. y may be x.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LogSoftmaxForward<TVector>(float* x, float* y, int columns) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* from = x + ((nint)row * columns);
            float max = VectorLoop<TVector>.Max(from, columns);
            float log = LogSum(from, columns, max);
            VectorLoop<TVector>.Each(0, columns, new MapOne<TVector, Normalize>(from, y + ((nint)row * columns), new Normalize(max, log)));
        }
    }

    /// <summary>log(sum(e^(x - max))).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogSum(float* x, int columns, float max)
    {
        float sum = VectorLoop<TVector>.Sum(columns, new ExponentialTerm<TVector>(x, max));
        return TVector.MaxLane(VectorMath<TVector>.Log(TVector.Broadcast(sum)));
    }

    private readonly struct Normalize(float max, float log) : IUnaryFunction<TVector>
    {
        private readonly TVector max = TVector.Broadcast(max);
        private readonly TVector log = TVector.Broadcast(log);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector x) => x - max - log;
    }
}

/// <summary>dx = dy - e^y sum(dy) for each row; an item is one row. dx may be dy.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LogSoftmaxBackward<TVector>(float* y, float* dy, float* dx, int columns) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint offset = (nint)row * columns;
            float sum = VectorLoop<TVector>.Sum(columns, new ValueTerm<TVector>(dy + offset));
            VectorLoop<TVector>.Each(0, columns, new MapTwo<TVector, Gradient>(y + offset, dy + offset, dx + offset, new Gradient(sum)));
        }
    }

    private readonly struct Gradient(float sum) : IBinaryFunction<TVector>
    {
        private readonly TVector sum = TVector.Broadcast(sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector a, TVector b) => b - (VectorMath<TVector>.Exp(a) * sum);
    }
}
