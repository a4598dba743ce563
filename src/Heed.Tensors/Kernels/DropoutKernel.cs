using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = x / (1 - p) where the element's random number is at least p, and 0 elsewhere.</summary>
/// <remarks>The random number depends on the key and the element's place alone: the backward pass draws it again, and any thread can.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct DropoutKernel<TVector>(float* x, float probability, ulong key, float* y) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly DropoutMask<TVector> mask = new(probability, key);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector> =>
        lanes.Store(y + index, mask.Apply(index, lanes.Load(x + index, TVector.Broadcast(0f))));
}

/// <summary>y = residual + dropout(x), with the bits of the two operations one after the other.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AddDropoutKernel<TVector>(float* residual, float* x, float probability, ulong key, float* y) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly DropoutMask<TVector> mask = new(probability, key);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        lanes.Store(y + index, lanes.Load(residual + index, zero) + mask.Apply(index, lanes.Load(x + index, zero)));
    }
}

/// <summary>Which elements one dropout layer drops.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct DropoutMask<TVector>(float probability, ulong key)
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector probability = TVector.Broadcast(probability);
    private readonly TVector factor = TVector.Broadcast(1 / (1 - probability));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(int index, TVector x)
    {
        TVector dropped = TVector.LessThan(TVector.Uniform(key, (uint)index), probability);
        return TVector.Select(dropped, TVector.Broadcast(0f), x * factor);
    }
}
