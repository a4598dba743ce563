namespace Heed.Text.Metrics.NGrams;

/// <summary>How often each n-gram occurs in a sequence, by the numbers that an <see cref="NGramCounter"/> gave them.</summary>
internal sealed class NGramCounts
{
    private int[] counts = new int[256];
    private int used;

    /// <summary>The counts; index 0 is unused, n-grams past the end have count 0.</summary>
    public ReadOnlySpan<int> Counts => counts.AsSpan(0, used);

    /// <summary>Sets all counts to 0.</summary>
    public void Clear()
    {
        Array.Clear(counts, 0, used);
        used = 0;
    }

    /// <summary>Counts one more occurrence of an n-gram.</summary>
    public void Add(int nGram)
    {
        Reserve(nGram + 1);
        counts[nGram]++;
    }

    /// <summary>Raises each count to that of <paramref name="other"/> where that is higher.</summary>
    public void RaiseTo(NGramCounts other)
    {
        Reserve(other.used);
        for (int nGram = 1; nGram < other.used; nGram++)
        {
            counts[nGram] = Math.Max(counts[nGram], other.counts[nGram]);
        }
    }

    private void Reserve(int length)
    {
        if (length <= used)
        {
            return;
        }

        if (length > counts.Length)
        {
            Array.Resize(ref counts, Math.Max(length, checked(2 * counts.Length)));
        }

        used = length;
    }
}
