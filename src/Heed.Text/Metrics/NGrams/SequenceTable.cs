namespace Heed.Text.Metrics.NGrams;

/// <summary>
/// Gives every distinct sequence of symbols a number from 1 up; the empty sequence is 0. A sequence is named by the
/// number of its prefix and its last symbol, so n-grams of all orders share one table (a trie in a hash table).
/// </summary>
internal sealed class SequenceTable
{
    private const int InitialCapacity = 1 << 10;
    private const int KeptCapacity = 1 << 16;

    private ulong[] keys = new ulong[InitialCapacity];
    private int[] numbers = new int[InitialCapacity]; // 0 marks a free slot
    private int shift = 64 - 10;

    /// <summary>How many sequences have a number; they are 1 to this.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the sequence that is <paramref name="prefix"/> followed by <paramref name="symbol"/>.</summary>
    public int Extend(int prefix, int symbol)
    {
        ulong key = ((ulong)(uint)prefix << 32) | (uint)symbol;
        int slot = Slot(key);
        while (numbers[slot] != 0)
        {
            if (keys[slot] == key)
            {
                return numbers[slot];
            }

            slot = (slot + 1) & (keys.Length - 1);
        }

        keys[slot] = key;
        numbers[slot] = ++Count;
        int number = Count;
        if (Count * 2L > keys.Length)
        {
            Grow();
        }

        return number;
    }

    /// <summary>Forgets all sequences. A table that one huge line made large is given back.</summary>
    public void Clear()
    {
        if (keys.Length > KeptCapacity)
        {
            Allocate(InitialCapacity);
        }
        else
        {
            Array.Clear(numbers);
        }

        Count = 0;
    }

    // The finaliser of MurmurHash3: neighbouring keys are common here, and every bit of the key must count.
    private int Slot(ulong key)
    {
        key ^= key >> 33;
        key *= 0xFF51AFD7ED558CCD;
        key ^= key >> 33;
        key *= 0xC4CEB9FE1A85EC53;
        return (int)(key >> shift);
    }

    private void Grow()
    {
        ulong[] oldKeys = keys;
        int[] oldNumbers = numbers;
        Allocate(checked(oldKeys.Length * 2));
        for (int i = 0; i < oldKeys.Length; i++)
        {
            if (oldNumbers[i] == 0)
            {
                continue;
            }

            int slot = Slot(oldKeys[i]);
            while (numbers[slot] != 0)
            {
                slot = (slot + 1) & (keys.Length - 1);
            }

            keys[slot] = oldKeys[i];
            numbers[slot] = oldNumbers[i];
        }
    }

    private void Allocate(int capacity)
    {
        keys = new ulong[capacity];
        numbers = new int[capacity];
        shift = 64 - int.Log2(capacity);
    }
}
