namespace Heed.Models.Translating;

/// <summary>Cuts a stream into pieces that fit into memory.</summary>
internal static class Windows
{
    private const long MostCharacters = 1 << 24;

    /// <summary>Reads items ahead, so many or until their texts are long; each window is read only when it is asked for.</summary>
    /// <param name="items">The stream.</param>
    /// <param name="count">The most items of a window.</param>
    /// <param name="length">The number of characters of an item.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, int count, Func<T, long> length)
    {
        var window = new List<T>();
        long characters = 0;
        foreach (T item in items)
        {
            window.Add(item);
            characters += length(item);
            if (window.Count == count || characters >= MostCharacters)
            {
                yield return window;
                window = [];
                characters = 0;
            }
        }

        if (window.Count > 0)
        {
            yield return window;
        }
    }
}
