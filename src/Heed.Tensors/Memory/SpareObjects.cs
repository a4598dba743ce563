namespace Heed.Tensors.Memory;

/// <summary>Objects that each training step needs in large numbers, kept by their thread to be used again.</summary>
/// <typeparam name="T">The kind of object.</typeparam>
internal static class SpareObjects<T>
    where T : class
{
    // What a thread keeps of one kind, however long a tape was once.
    private const int MostKept = 1 << 14;

    [ThreadStatic]
    private static Stack<T>? spare;

    /// <summary>An object that somebody returned, or null.</summary>
    public static T? Take() => spare is { Count: > 0 } ? spare.Pop() : null;

    /// <summary>Keeps an object that nobody refers to any more.</summary>
    public static void Return(T unused)
    {
        spare ??= new Stack<T>();
        if (spare.Count < MostKept)
        {
            spare.Push(unused);
        }
    }
}
