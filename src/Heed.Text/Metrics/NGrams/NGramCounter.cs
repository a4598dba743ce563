using System.Diagnostics;

namespace Heed.Text.Metrics.NGrams;

/// <summary>
/// Counts the n-grams of orders 1 to <paramref name="maxOrder"/> of the sequences that belong to one segment: its
/// hypothesis and its references. Not for use by two threads at once.
/// </summary>
internal sealed class NGramCounter(int maxOrder)
{
    private readonly SequenceTable nGrams = new();
    private byte[] orders = new byte[256]; // order of the n-gram with this number
    private int[] prefixBuffer = [];

    /// <summary>Starts the next segment: all numbers and counts lose their meaning.</summary>
    public void Clear() => nGrams.Clear();

    /// <summary>How many n-grams of an order a sequence of this length has.</summary>
    public static int Total(int length, int order) => Math.Max(0, length - order + 1);

    /// <summary>Replaces <paramref name="counts"/> by those of a sequence.</summary>
    public void Count(ReadOnlySpan<int> symbols, NGramCounts counts)
    {
        counts.Clear();
        if (prefixBuffer.Length < symbols.Length)
        {
            prefixBuffer = new int[Math.Max(symbols.Length, 2 * prefixBuffer.Length)];
        }

        Span<int> prefixes = prefixBuffer.AsSpan(0, symbols.Length);
        prefixes.Clear();
        for (int order = 1; order <= maxOrder; order++)
        {
            for (int i = 0; i + order <= symbols.Length; i++)
            {
                int nGram = nGrams.Extend(prefixes[i], symbols[i + order - 1]);
                prefixes[i] = nGram;
                SetOrder(nGram, order);
                counts.Add(nGram);
            }
        }
    }

    /// <summary>Adds up, per order, how many n-grams two sequences share; a repeated one counts as often as both have it.</summary>
    public void AddMatches(NGramCounts first, NGramCounts second, Span<long> perOrder)
    {
        Debug.Assert(perOrder.Length == maxOrder);
        ReadOnlySpan<int> a = first.Counts, b = second.Counts;
        int length = Math.Min(a.Length, b.Length);
        for (int nGram = 1; nGram < length; nGram++)
        {
            int shared = Math.Min(a[nGram], b[nGram]);
            if (shared > 0)
            {
                perOrder[orders[nGram] - 1] += shared;
            }
        }
    }

    private void SetOrder(int nGram, int order)
    {
        if (nGram >= orders.Length)
        {
            Array.Resize(ref orders, 2 * orders.Length);
        }

        orders[nGram] = (byte)order;
    }
}
