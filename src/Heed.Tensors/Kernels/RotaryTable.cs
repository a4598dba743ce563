using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>The cosines and sines of rotary positions, kept between calls because a model asks for the same ones at every layer and step.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <param name="frequencies">How fast each pair turns.</param>
internal sealed class RotaryTable<TVector>(RotaryFrequencies frequencies)
    where TVector : unmanaged, ISimd<TVector>
{
    private const int AnglesAtOnce = 64;

    // Positions beyond what fits are computed for each call: memory must not grow with whatever number comes in.
    private const int MostFloats = 1 << 23;

    private readonly int headDim = frequencies.HeadDim;
    private readonly Lock gate = new();
    private float[] kept = [];

    /// <summary>The kept values, [positions, headDim], made to reach the largest of some positions; null where one is out of reach.</summary>
    /// <remarks>The array does not move: a kernel may hold its address while it holds the array.</remarks>
    public float[]? Reaching(ReadOnlySpan<int> positions)
    {
        int largest = 0;
        foreach (int position in positions)
        {
            if ((uint)position >= MostFloats / headDim)
            {
                return null;
            }

            largest = Math.Max(largest, position);
        }

        float[] values = Volatile.Read(ref kept);
        return values.Length > largest * headDim ? values : Grow(largest);
    }

    /// <summary>Writes the cosines of a position's angles, then their sines.</summary>
    public unsafe void Fill(int position, Span<float> destination)
    {
        int half = headDim / 2;
        float* rests = stackalloc float[AnglesAtOnce], turns = stackalloc float[AnglesAtOnce];
        fixed (float* cosines = destination)
        {
            for (int first = 0; first < half; first += AnglesAtOnce)
            {
                int count = Math.Min(AnglesAtOnce, half - first);
                for (int pair = 0; pair < count; pair++)
                {
                    (rests[pair], turns[pair]) = QuarterTurns.Of(position * frequencies.Speeds[first + pair]);
                }

                VectorLoop<TVector>.Each(0, count, new Angles(rests, turns, cosines + first, cosines + half + first));
            }
        }
    }

    private float[] Grow(int largest)
    {
        lock (gate)
        {
            if (kept.Length > largest * headDim)
            {
                return kept;
            }

            int positions = Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)largest + 1));
            float[] grown = GC.AllocateUninitializedArray<float>(checked(positions * headDim), pinned: true);
            kept.CopyTo(grown, 0);
            for (int position = kept.Length / headDim; position < positions; position++)
            {
                Fill(position, grown.AsSpan(position * headDim, headDim));
            }

            Volatile.Write(ref kept, grown);
            return grown;
        }
    }

    private readonly unsafe struct Angles(float* rests, float* turns, float* cosines, float* sines) : IVectorStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TLanes>(int index, TLanes lanes)
            where TLanes : struct, ILanes<TVector>
        {
            var zero = TVector.Broadcast(0f);
            TVector sine = VectorMath<TVector>.SinCos(lanes.Load(rests + index, zero), lanes.Load(turns + index, zero), out TVector cosine);
            lanes.Store(cosines + index, cosine);
            lanes.Store(sines + index, sine);
        }
    }
}
