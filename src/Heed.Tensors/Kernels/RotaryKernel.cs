using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>Rotates element i of the first half of each head with element i of its second half; an item is one row. y may be x.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <param name="x">[rows, columns].</param>
/// <param name="table">[positions, headDim]: cosines, then sines, see <see cref="RotaryTable{TVector}"/>.</param>
/// <param name="tableRows">The table's row for each row of x; null where they are the same.</param>
/// <param name="columns">Heads times headDim.</param>
/// <param name="headDim">The width of a head; even.</param>
/// <param name="inverse">Whether to rotate back.</param>
/// <param name="y">The result.</param>
internal readonly unsafe struct RotaryKernel<TVector>(float* x, float* table, int* tableRows, int columns, int headDim, bool inverse, float* y) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        int half = headDim / 2;
        for (int row = start; row < end; row++)
        {
            float* cosines = table + ((nint)(tableRows is null ? row : tableRows[row]) * headDim);
            nint offset = (nint)row * columns;
            for (nint head = offset; head < offset + columns; head += headDim)
            {
                VectorLoop<TVector>.Each(0, half, new Rotation(x + head, cosines, half, inverse ? -1 : 1, y + head));
            }
        }
    }

    private readonly struct Rotation(float* x, float* cosines, int half, float direction, float* y) : IVectorStep<TVector>
    {
        private readonly TVector direction = TVector.Broadcast(direction);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector cosine = lanes.Load(cosines + index, zero);
            TVector sine = lanes.Load(cosines + half + index, zero) * direction;
            TVector first = lanes.Load(x + index, zero);
            TVector second = lanes.Load(x + half + index, zero);
            lanes.Store(y + index, (first * cosine) - (second * sine));
            lanes.Store(y + half + index, (second * cosine) + (first * sine));
        }
    }
}
