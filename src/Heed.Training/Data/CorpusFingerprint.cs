namespace Heed.Training.Data;

/// <summary>A number that changes when any id of a corpus does, so that a resumed run can tell whether its data are still the same.</summary>
/// <remarks>FNV-1a over whole ids, each sequence's length before it so that sequences cannot run into each other.</remarks>
public sealed class CorpusFingerprint
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Goes over the next pairs.</summary>
    /// <param name="corpus">The pairs, or as many of them as are in memory.</param>
    public void Add(EncodedCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        for (int i = 0; i < corpus.Count; i++)
        {
            Add(corpus.Source(i));
            Add(corpus.Target(i));
        }
    }

    /// <summary>Goes over the next tokens of a text, whatever portions it comes in.</summary>
    internal void AddIds(ReadOnlySpan<int> ids) => Add(Value, ids);

    /// <summary>Goes over the next sequence, which must not run into the one before.</summary>
    internal void Add(ReadOnlySpan<int> ids) => Add((Value ^ (uint)ids.Length) * Prime, ids);

    private void Add(ulong hash, ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            hash = (hash ^ (uint)id) * Prime;
            hash ^= hash >> 32;
        }

        Value = hash;
    }
}
