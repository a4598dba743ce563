using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>One step of a GRU after its products; an item is one row. See <see cref="Devices.Device.GruStep"/>.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct GruForward<TVector>(float* projected, float* hidden, float* state, int size, float* gates, float* newState) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint one = (nint)row * size;
            nint three = 3 * one;
            VectorLoop<TVector>.Each(0, size, new Step(projected + three, hidden + three, state + one, size, gates + three, newState + one));
        }
    }

    private readonly struct Step(float* projected, float* hidden, float* state, int size, float* gates, float* newState) : IVectorStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            int candidate = (2 * size) + index;
            TVector r = VectorMath<TVector>.Sigmoid(lanes.Load(projected + index, zero) + lanes.Load(hidden + index, zero), out _);
            TVector z = VectorMath<TVector>.Sigmoid(lanes.Load(projected + size + index, zero) + lanes.Load(hidden + size + index, zero), out _);
            TVector n = VectorMath<TVector>.Tanh(TVector.MultiplyAdd(r, lanes.Load(hidden + candidate, zero), lanes.Load(projected + candidate, zero)));
            lanes.Store(gates + index, r);
            lanes.Store(gates + size + index, z);
            lanes.Store(gates + candidate, n);
            lanes.Store(newState + index, TVector.MultiplyAdd(z, lanes.Load(state + index, zero) - n, n));
        }
    }
}

/// <summary>The gradients of <see cref="GruForward{TVector}"/>; an item is one row.</summary>
/// <remarks>With d = dState' (1 - z) (1 - n^2) at the candidate: dr = d (hidden n) r (1 - r), dz = dState' (state - n) z (1 - z), dn = d, and d r for the hidden part.</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct GruBackward<TVector>(float* hidden, float* state, float* gates, float* dNewState, int size, float* dProjected, float* dHidden, float* dState) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint one = (nint)row * size;
            nint three = 3 * one;
            VectorLoop<TVector>.Each(0, size, new Step(hidden + three, state + one, gates + three, dNewState + one, size, dProjected + three, dHidden + three, dState + one));
        }
    }

    private readonly struct Step(float* hidden, float* state, float* gates, float* dNewState, int size, float* dProjected, float* dHidden, float* dState) : IVectorStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            var one = TVector.Broadcast(1f);
            int candidate = (2 * size) + index;
            TVector r = lanes.Load(gates + index, zero);
            TVector z = lanes.Load(gates + size + index, zero);
            TVector n = lanes.Load(gates + candidate, zero);
            TVector upstream = lanes.Load(dNewState + index, zero);
            TVector dCandidate = upstream * (one - z) * (one - (n * n));
            TVector dReset = dCandidate * lanes.Load(hidden + candidate, zero) * r * (one - r);
            TVector dUpdate = upstream * (lanes.Load(state + index, zero) - n) * z * (one - z);
            lanes.Store(dProjected + index, dReset);
            lanes.Store(dHidden + index, dReset);
            lanes.Store(dProjected + size + index, dUpdate);
            lanes.Store(dHidden + size + index, dUpdate);
            lanes.Store(dProjected + candidate, dCandidate);
            lanes.Store(dHidden + candidate, dCandidate * r);
            lanes.Store(dState + index, upstream * z);
        }
    }
}
