namespace Heed.Tensors.Memory;

/// <summary>One empty list for each thread that a scope or tape fills and its successor takes over, grown as it is.</summary>
/// <typeparam name="T">What the lists hold.</typeparam>
internal static class SpareList<T>
{
    // A list that grew beyond this once is not kept for the lifetime of the thread.
    private const int LargestKept = 1 << 16;

    [ThreadStatic]
    private static List<T>? spare;

    /// <summary>An empty list.</summary>
    public static List<T> Take()
    {
        List<T> list = spare ?? [];
        spare = null;
        return list;
    }

    /// <summary>Empties a list that nobody uses any more, and keeps it.</summary>
    public static void Return(List<T> list)
    {
        list.Clear();
        if (list.Capacity <= LargestKept)
        {
            spare = list;
        }
    }
}
