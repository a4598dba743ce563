namespace Heed.Tensors.Kernels;

/// <summary>The cosines and sines of rotary positions, kept between calls because a model asks for the same ones at every layer and step.</summary>
/// <param name="frequencies">How fast each pair turns.</param>
internal sealed class RotaryTable(RotaryFrequencies frequencies)
{
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
    public void Fill(int position, Span<float> destination)
    {
        int half = headDim / 2;
        for (int pair = 0; pair < half; pair++)
        {
            double angle = position * frequencies.Speeds[pair];
            destination[pair] = (float)Math.Cos(angle);
            destination[half + pair] = (float)Math.Sin(angle);
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
}
