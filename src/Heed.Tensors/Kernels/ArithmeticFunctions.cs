using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>a + b.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct AddFunction<TVector> : IBinaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector a, TVector b) => a + b;
}

/// <summary>a - b.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct SubtractFunction<TVector> : IBinaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector a, TVector b) => a - b;
}

/// <summary>a * b.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct MultiplyFunction<TVector> : IBinaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector a, TVector b) => a * b;
}

/// <summary>factor * x.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct ScaleFunction<TVector>(float factor) : IUnaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector factor = TVector.Broadcast(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector x) => factor * x;
}

/// <summary>factor * a + b.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct AddScaledFunction<TVector>(float factor) : IBinaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector factor = TVector.Broadcast(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector a, TVector b) => TVector.MultiplyAdd(factor, a, b);
}
