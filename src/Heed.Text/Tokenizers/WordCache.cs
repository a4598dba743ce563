using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Heed.Text.Tokenizers;

/// <summary>Remembers how words were split. Safe for many threads; begins afresh when full, so its memory is bounded.</summary>
internal sealed class WordCache
{
    private const int MaxWords = 1 << 16;
    private const int LongestWord = 64;

    private readonly ConcurrentDictionary<string, int[]> words = new(StringComparer.Ordinal);
    private int count;

    public bool TryGet(ReadOnlySpan<char> word, [NotNullWhen(true)] out int[]? ids) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out ids);

    public void Add(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (word.Length > LongestWord)
        {
            return;
        }

        // The dictionary's own Count takes every lock; a count that is now and then a little off does no harm.
        if (Interlocked.Increment(ref count) > MaxWords)
        {
            words.Clear();
            Volatile.Write(ref count, 0);
        }

        words[word.ToString()] = ids.ToArray();
    }
}
