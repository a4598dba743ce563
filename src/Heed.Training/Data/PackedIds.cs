namespace Heed.Training.Data;

/// <summary>Many id sequences in one array, which a million sentences need not be a million objects.</summary>
internal sealed class PackedIds
{
    private int[] ids = new int[1024];
    private int[] starts = new int[256]; // starts[i + 1] is the end of sequence i

    public int Count { get; private set; }

    public int TotalLength => starts[Count];

    public ReadOnlySpan<int> this[int index] => ids.AsSpan(starts[index], Length(index));

    public int Length(int index) => starts[index + 1] - starts[index];

    public void Add(ReadOnlySpan<int> sequence)
    {
        long end = (long)TotalLength + sequence.Length;
        if (end > Array.MaxLength || Count + 2 > Array.MaxLength)
        {
            throw new InvalidOperationException($"the corpus has more than {Array.MaxLength} tokens on a side; set data.streaming to true, so that it is read from its files");
        }

        Grow(ref ids, (int)end);
        Grow(ref starts, Count + 2);
        sequence.CopyTo(ids.AsSpan(TotalLength));
        starts[++Count] = (int)end;
    }

    /// <summary>Gives back the room that is not used.</summary>
    public void Trim()
    {
        Array.Resize(ref ids, TotalLength);
        Array.Resize(ref starts, Count + 1);
    }

    private static void Grow(ref int[] array, int length)
    {
        if (length > array.Length)
        {
            Array.Resize(ref array, (int)Math.Min(Math.Max(length, 2L * array.Length), Array.MaxLength));
        }
    }
}
