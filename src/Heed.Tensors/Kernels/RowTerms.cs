using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>Sums x.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct ValueTerm<TVector>(float* x) : IVectorTerm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector> => sum + lanes.Load(x + index, TVector.Broadcast(0f));
}

/// <summary>Sums a * b.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct ProductTerm<TVector>(float* a, float* b) : IVectorTerm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        var zero = TVector.Broadcast(0f);
        return TVector.MultiplyAdd(lanes.Load(a + index, zero), lanes.Load(b + index, zero), sum);
    }
}

/// <summary>Sums (x - center)^2.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct SquaredDeviationTerm<TVector>(float* x, float center) : IVectorTerm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector center = TVector.Broadcast(center);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>
    {
        TVector deviation = lanes.Load(x + index, center) - center;
        return TVector.MultiplyAdd(deviation, deviation, sum);
    }
}

/// <summary>Sums x - shift.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct ShiftedTerm<TVector>(float* x, float shift) : IVectorTerm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector shift = TVector.Broadcast(shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector> => sum + (lanes.Load(x + index, shift) - shift);
}

/// <summary>Sums e^(x - shift).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct ExponentialTerm<TVector>(float* x, float shift) : IVectorTerm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly TVector shift = TVector.Broadcast(shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector> =>
        sum + VectorMath<TVector>.Exp(lanes.Load(x + index, TVector.Broadcast(float.NegativeInfinity)) - shift);
}
