using System.Runtime.CompilerServices;
using Heed.Tensors.Devices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>One step of Adam or AdamW, in one pass over the parameter, its gradient and both moments.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AdamKernel<TVector>(float* parameter, float* gradient, float* first, float* second, in AdamStep step) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector gradientScale = TVector.Broadcast(step.GradientScale);
    private readonly TVector beta1 = TVector.Broadcast(step.Beta1);
    private readonly TVector beta2 = TVector.Broadcast(step.Beta2);
    private readonly TVector share1 = TVector.Broadcast(1 - step.Beta1);
    private readonly TVector share2 = TVector.Broadcast(1 - step.Beta2);
    private readonly TVector decay = TVector.Broadcast(1 - (step.LearningRate * step.WeightDecay));
    private readonly TVector rate = TVector.Broadcast(step.LearningRate / step.BiasCorrection1);
    private readonly TVector inverseCorrection2 = TVector.Broadcast(1 / step.BiasCorrection2);
    private readonly TVector epsilon = TVector.Broadcast(step.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        TVector g = lanes.Load(gradient + index, zero) * gradientScale;
        TVector m = TVector.MultiplyAdd(lanes.Load(first + index, zero), beta1, g * share1);
        TVector v = TVector.MultiplyAdd(lanes.Load(second + index, zero), beta2, g * g * share2);
        TVector update = m / (TVector.Sqrt(v * inverseCorrection2) + epsilon);
        lanes.Store(first + index, m);
        lanes.Store(second + index, v);
        lanes.Store(parameter + index, (lanes.Load(parameter + index, zero) * decay) - (rate * update));
    }
}

/// <summary>One step of gradient descent.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct SgdKernel<TVector>(float* parameter, float* gradient, in SgdStep step) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector gradientScale = TVector.Broadcast(step.GradientScale);
    private readonly TVector decay = TVector.Broadcast(step.WeightDecay);
    private readonly TVector rate = TVector.Broadcast(step.LearningRate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        TVector weight = lanes.Load(parameter + index, zero);
        TVector g = TVector.MultiplyAdd(weight, decay, lanes.Load(gradient + index, zero) * gradientScale);
        lanes.Store(parameter + index, weight - (rate * g));
    }
}

/// <summary>One step of gradient descent with momentum.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct MomentumKernel<TVector>(float* parameter, float* gradient, float* velocity, in SgdStep step) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector gradientScale = TVector.Broadcast(step.GradientScale);
    private readonly TVector decay = TVector.Broadcast(step.WeightDecay);
    private readonly TVector momentum = TVector.Broadcast(step.Momentum);
    private readonly TVector rate = TVector.Broadcast(step.LearningRate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        TVector weight = lanes.Load(parameter + index, zero);
        TVector g = TVector.MultiplyAdd(weight, decay, lanes.Load(gradient + index, zero) * gradientScale);
        TVector v = TVector.MultiplyAdd(lanes.Load(velocity + index, zero), momentum, g);
        lanes.Store(velocity + index, v);
        lanes.Store(parameter + index, weight - (rate * v));
    }
}

/// <summary>One step of Adagrad.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AdagradKernel<TVector>(float* parameter, float* gradient, float* squares, in AdagradStep step) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector gradientScale = TVector.Broadcast(step.GradientScale);
    private readonly TVector rate = TVector.Broadcast(step.LearningRate);
    private readonly TVector epsilon = TVector.Broadcast(step.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        TVector g = lanes.Load(gradient + index, zero) * gradientScale;
        TVector sum = TVector.MultiplyAdd(g, g, lanes.Load(squares + index, zero));
        lanes.Store(squares + index, sum);
        lanes.Store(parameter + index, lanes.Load(parameter + index, zero) - (rate * g / (TVector.Sqrt(sum) + epsilon)));
    }
}
