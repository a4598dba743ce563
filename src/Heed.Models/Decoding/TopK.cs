using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Heed.Models.Decoding;

/// <summary>Finds the largest of a row of logits, in one pass over the row.</summary>
internal static class TopK
{
    /// <summary>Finds the positions of the largest values: larger first, and the lower position first among equals. NaN is never found.</summary>
    /// <param name="values">The row.</param>
    /// <param name="positions">Receives the positions; its length is how many are wanted.</param>
    /// <returns>How many were found: fewer than wanted only where the row has fewer.</returns>
    public static int Select(ReadOnlySpan<float> values, Span<int> positions)
    {
        int count = 0;
        int start = 0;
        if (positions.Length <= values.Length - Vector512<float>.Count)
        {
            // Once as many as wanted are held, whole vectors without a larger value are passed over.
            for (; start < values.Length && count < positions.Length; start++)
            {
                Insert(values, start, positions, ref count);
            }

            start = SelectByVectors(values, start, positions, ref count);
        }

        for (; start < values.Length; start++)
        {
            Insert(values, start, positions, ref count);
        }

        return count;
    }

    private static int SelectByVectors(ReadOnlySpan<float> values, int start, Span<int> positions, ref int count)
    {
        if (positions.IsEmpty || count < positions.Length)
        {
            return start;
        }

        ref float first = ref MemoryMarshal.GetReference(values);
        var smallest = Vector512.Create(values[positions[^1]]);
        for (; start <= values.Length - Vector512<float>.Count; start += Vector512<float>.Count)
        {
            ulong larger = Vector512.GreaterThan(Vector512.LoadUnsafe(ref first, (nuint)start), smallest).ExtractMostSignificantBits();
            if (larger == 0)
            {
                continue;
            }

            for (; larger != 0; larger &= larger - 1)
            {
                Insert(values, start + BitOperations.TrailingZeroCount(larger), positions, ref count);
            }

            smallest = Vector512.Create(values[positions[^1]]);
        }

        return start;
    }

    /// <summary>Puts a position into its place, behind its equals; the last one falls out when there is no room.</summary>
    private static void Insert(ReadOnlySpan<float> values, int position, Span<int> positions, ref int count)
    {
        float value = values[position];
        if (float.IsNaN(value) || (count == positions.Length && (count == 0 || !(value > values[positions[^1]]))))
        {
            return;
        }

        int place = count < positions.Length ? count++ : count - 1;
        for (; place > 0 && value > values[positions[place - 1]]; place--)
        {
            positions[place] = positions[place - 1];
        }

        positions[place] = position;
    }
}
