using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Cross-entropy of each row of logits against a smoothed target; an item is one row, which is read in order without a copy.</summary>
/// <remarks>loss = log(sum(e^x)) - (1 - s) x_target - s mean(x), every term taken relative to the row's maximum.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct CrossEntropyForward<TVector>(float* logits, int* targets, int classes, float smoothing, int ignoredTarget, float* losses, float* logSumExp) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* x = logits + ((nint)row * classes);
            int target = targets[row];
            float max = VectorLoop<TVector>.Max(x, classes);
            float log = LogSoftmaxForward<TVector>.LogSum(x, classes, max);
            logSumExp[row] = max + log;
            losses[row] = target == ignoredTarget ? 0 : log - ((1 - smoothing) * (x[target] - max)) - Smoothed(x, max);
        }
    }

    // Left out rather than multiplied by 0 where there is no smoothing: one logit of minus infinity makes the mean infinite.
    private float Smoothed(float* x, float max) =>
        smoothing == 0 ? 0 : smoothing / classes * VectorLoop<TVector>.Sum(classes, new ShiftedTerm<TVector>(x, max));
}

/// <summary>dLogits = dLoss (softmax(logits) - target distribution) for each row; an item is one row. dLogits may be logits.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct CrossEntropyBackward<TVector>(float* logits, int* targets, int classes, float smoothing, int ignoredTarget, float* logSumExp, float* dLosses, float* dLogits) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* to = dLogits + ((nint)row * classes);
            int target = targets[row];
            if (target == ignoredTarget)
            {
                new Span<float>(to, classes).Clear();
                continue;
            }

            var gradient = new Gradient(logSumExp[row], smoothing / classes, dLosses[row]);
            VectorLoop<TVector>.Each(0, classes, new MapOne<TVector, Gradient>(logits + ((nint)row * classes), to, gradient));
            to[target] -= dLosses[row] * (1 - smoothing);
        }
    }

    private readonly struct Gradient(float logSumExp, float floor, float upstream) : IUnaryFunction<TVector>
    {
        private readonly TVector logSumExp = TVector.Broadcast(logSumExp);
        private readonly TVector floor = TVector.Broadcast(floor);
        private readonly TVector upstream = TVector.Broadcast(upstream);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector x) => upstream * (VectorMath<TVector>.Exp(x - logSumExp) - floor);
    }
}
