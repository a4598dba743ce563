using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>One step of an LSTM after its products; an item is one row. See <see cref="Devices.Device.LstmStep"/>.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LstmForward<TVector>(float* projected, float* hidden, float* cell, int size, float* gates, float* newCell, float* newState) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint one = (nint)row * size;
            nint four = 4 * one;
            VectorLoop<TVector>.Each(0, size, new Step(projected + four, hidden + four, cell + one, size, gates + four, newCell + one, newState + one));
        }
    }

    private readonly struct Step(float* projected, float* hidden, float* cell, int size, float* gates, float* newCell, float* newState) : IVectorStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            TVector i = VectorMath<TVector>.Sigmoid(Sum(index, lanes), out _);
            TVector f = VectorMath<TVector>.Sigmoid(Sum(size + index, lanes), out _);
            TVector g = VectorMath<TVector>.Tanh(Sum((2 * size) + index, lanes));
            TVector o = VectorMath<TVector>.Sigmoid(Sum((3 * size) + index, lanes), out _);
            lanes.Store(gates + index, i);
            lanes.Store(gates + size + index, f);
            lanes.Store(gates + (2 * size) + index, g);
            lanes.Store(gates + (3 * size) + index, o);
            TVector next = TVector.MultiplyAdd(f, lanes.Load(cell + index, TVector.Broadcast(0f)), i * g);
            lanes.Store(newCell + index, next);
            lanes.Store(newState + index, o * VectorMath<TVector>.Tanh(next));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Sum<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            return lanes.Load(projected + index, zero) + lanes.Load(hidden + index, zero);
        }
    }
}

/// <summary>The gradients of <see cref="LstmForward{TVector}"/>; an item is one row. An upstream gradient that is null is 0.</summary>
/// <remarks>With t = tanh(cell') and d = dCell' + dState' o (1 - t^2): di = d g i (1 - i), df = d cell f (1 - f), dg = d i (1 - g^2), do = dState' t o (1 - o).</remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct LstmBackward<TVector>(float* cell, float* gates, float* newCell, float* dNewCell, float* dNewState, int size, float* dSum, float* dCell) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            nint one = (nint)row * size;
            nint four = 4 * one;
            float* upstreamCell = dNewCell == null ? null : dNewCell + one;
            float* upstreamState = dNewState == null ? null : dNewState + one;
            VectorLoop<TVector>.Each(0, size, new Step(cell + one, gates + four, newCell + one, upstreamCell, upstreamState, size, dSum + four, dCell + one));
        }
    }

    private readonly struct Step(float* cell, float* gates, float* newCell, float* dNewCell, float* dNewState, int size, float* dSum, float* dCell) : IVectorStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            var one = TVector.Broadcast(1f);
            TVector i = lanes.Load(gates + index, zero);
            TVector f = lanes.Load(gates + size + index, zero);
            TVector g = lanes.Load(gates + (2 * size) + index, zero);
            TVector o = lanes.Load(gates + (3 * size) + index, zero);
            TVector t = VectorMath<TVector>.Tanh(lanes.Load(newCell + index, zero));
            TVector dState = dNewState == null ? zero : lanes.Load(dNewState + index, zero);
            TVector d = TVector.MultiplyAdd(dState * o, one - (t * t), dNewCell == null ? zero : lanes.Load(dNewCell + index, zero));
            lanes.Store(dSum + index, d * g * i * (one - i));
            lanes.Store(dSum + size + index, d * lanes.Load(cell + index, zero) * f * (one - f));
            lanes.Store(dSum + (2 * size) + index, d * i * (one - (g * g)));
            lanes.Store(dSum + (3 * size) + index, dState * t * o * (one - o));
            lanes.Store(dCell + index, d * f);
        }
    }
}
