using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>An activation and its derivative.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IActivation<TVector>
{
    static abstract TVector Value(TVector x);

    /// <summary>dy * activation'(x).</summary>
    static abstract TVector Backward(TVector x, TVector dy);
}

/// <summary>Applies an activation.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TActivation">Which one.</typeparam>
internal readonly struct ActivationFunction<TVector, TActivation> : IUnaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
    where TActivation : IActivation<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector x) => TActivation.Value(x);
}

/// <summary>Applies an activation's derivative to the upstream gradient.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TActivation">Which activation.</typeparam>
internal readonly struct ActivationGradient<TVector, TActivation> : IBinaryFunction<TVector>
    where TVector : unmanaged, ISimd<TVector>
    where TActivation : IActivation<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector a, TVector b) => TActivation.Backward(a, b);
}

/// <summary>max(0, x), with derivative 0 at 0.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct Relu<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => TVector.Max(TVector.Broadcast(0f), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy) => TVector.LessThan(TVector.Broadcast(0f), x) & dy;
}

/// <summary>x Phi(x); the derivative is Phi(x) + x phi(x).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct Gelu<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => x * VectorMath<TVector>.NormalCdf(x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy)
    {
        TVector cdf = VectorMath<TVector>.NormalCdf(x, out TVector density);
        return dy * TVector.MultiplyAdd(x, density, cdf);
    }
}

/// <summary>x (1 + tanh(v)) / 2 = x sigmoid(2 v) with v = sqrt(2 / pi) (x + 0.044715 x^3).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct GeluTanh<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private const float Linear = 1.5957691216f; // 2 sqrt(2 / pi)
    private const float Cubic = 0.044715f * Linear;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => x * Gate(x, x * x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy)
    {
        TVector square = x * x;
        TVector gate = Gate(x, square, out TVector slope);
        TVector inner = TVector.MultiplyAdd(square, TVector.Broadcast(3 * Cubic), TVector.Broadcast(Linear)); // the derivative of 2 v
        return dy * TVector.MultiplyAdd(x * slope, inner, gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate(TVector x, TVector square, out TVector slope) =>
        VectorMath<TVector>.Sigmoid(x * TVector.MultiplyAdd(square, TVector.Broadcast(Cubic), TVector.Broadcast(Linear)), out slope);
}

/// <summary>x sigmoid(x).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct Silu<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => x * VectorMath<TVector>.Sigmoid(x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy)
    {
        TVector gate = VectorMath<TVector>.Sigmoid(x, out TVector slope);
        return dy * TVector.MultiplyAdd(x, slope, gate);
    }
}

/// <summary>The hyperbolic tangent; its derivative is 4 sigmoid'(2 x).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct TanhActivation<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => VectorMath<TVector>.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy)
    {
        VectorMath<TVector>.Sigmoid(x + x, out TVector slope);
        return dy * (TVector.Broadcast(4f) * slope);
    }
}

/// <summary>1 / (1 + e^-x).</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly struct SigmoidActivation<TVector> : IActivation<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => VectorMath<TVector>.Sigmoid(x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Backward(TVector x, TVector dy)
    {
        VectorMath<TVector>.Sigmoid(x, out TVector slope);
        return dy * slope;
    }
}
