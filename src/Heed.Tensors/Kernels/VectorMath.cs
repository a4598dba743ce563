using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>Elementary functions of whole vectors.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static class VectorMath<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>e^x: 0 for minus infinity, infinity above 88.7, NaN for NaN.</summary>
    /// <remarks>
    /// x = n ln 2 + r with |r| at most ln 2 / 2; e^r by its Taylor polynomial of degree 7, whose error there is below half a
    /// unit in the last place; then two multiplications by powers of two, so that results may be subnormal.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TVector.Min(TVector.Broadcast(89f), TVector.Max(TVector.Broadcast(-105f), x));
        TVector n = TVector.Round(x * TVector.Broadcast(1.44269504f));
        TVector r = TVector.MultiplyAdd(n, TVector.Broadcast(-0.693145752f), x); // ln 2 in two parts, the first exact in few bits
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-1.42860677e-6f), r);
        var p = TVector.Broadcast(1f / 5040);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 720));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 120));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 24));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 6));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.5f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        TVector half = TVector.Round(n * TVector.Broadcast(0.5f));
        return p * TVector.PowerOfTwo(half) * TVector.PowerOfTwo(n - half);
    }
}
