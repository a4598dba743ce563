using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>A function of one number, on whole vectors.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IUnaryFunction<TVector>
{
    TVector Apply(TVector x);
}

/// <summary>A function of two numbers, on whole vectors.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IBinaryFunction<TVector>
{
    TVector Apply(TVector a, TVector b);
}

/// <summary>y = f(x), element by element.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TFunction">The function; a value type, so that each gets a loop of its own with no call in it.</typeparam>
internal readonly unsafe struct MapOne<TVector, TFunction>(float* x, float* y, TFunction function) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
    where TFunction : struct, IUnaryFunction<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector> =>
        lanes.Store(y + index, function.Apply(lanes.Load(x + index, TVector.Broadcast(0f))));
}

/// <summary>y = f(a, b), element by element.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
internal readonly unsafe struct MapTwo<TVector, TFunction>(float* a, float* b, float* y, TFunction function) : IParallelBody, IVectorStep<TVector>
    where TVector : unmanaged, ISimd<TVector>
    where TFunction : struct, IBinaryFunction<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end) => VectorLoop<TVector>.Each(start, end, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        lanes.Store(y + index, function.Apply(lanes.Load(a + index, zero), lanes.Load(b + index, zero)));
    }
}
