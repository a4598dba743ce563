using System.Numerics;

namespace Heed.Text.Tokenizers;

/// <summary>Finds a number by a pair of numbers that are 0 or more: the inner loop of every subword tokenizer.</summary>
/// <remarks>
/// Open addressing with linear probing. A <c>Dictionary</c> would hash a 64-bit key to the exclusive or of its halves,
/// which puts all pairs (n, n) into one bucket.
/// </remarks>
internal sealed class PairMap
{
    // Stored keys are moved up by one, so that 0 marks a free place.
    private ulong[] keys;
    private int[] values;
    private int count;

    public PairMap(int expected = 8)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2));
        keys = new ulong[size];
        values = new int[size];
    }

    public bool TryGetValue(int left, int right, out int value)
    {
        ulong key = Key(left, right);
        int place = PlaceOf(key);
        value = values[place];
        return keys[place] == key;
    }

    /// <summary>Adds a pair that is not there yet.</summary>
    /// <returns>False if it is there; nothing changes then.</returns>
    public bool TryAdd(int left, int right, int value)
    {
        if (2 * (count + 1) > keys.Length)
        {
            Grow();
        }

        ulong key = Key(left, right);
        int place = PlaceOf(key);
        if (keys[place] == key)
        {
            return false;
        }

        keys[place] = key;
        values[place] = value;
        count++;
        return true;
    }

    private static ulong Key(int left, int right) => (((ulong)(uint)left << 32) | (uint)right) + 1;

    private int PlaceOf(ulong key)
    {
        int mask = keys.Length - 1;
        int place = (int)((key * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (keys[place] != 0 && keys[place] != key)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        (ulong[] oldKeys, int[] oldValues) = (keys, values);
        keys = new ulong[2 * oldKeys.Length];
        values = new int[2 * oldKeys.Length];
        for (int i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] != 0)
            {
                int place = PlaceOf(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
