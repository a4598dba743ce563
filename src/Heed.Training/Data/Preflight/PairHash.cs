namespace Heed.Training.Data.Preflight;

/// <summary>A 64-bit number for a sentence pair, to find repeated ones without holding their texts.</summary>
/// <remarks>FNV-1a over UTF-16 units with a final mix. Among a hundred million pairs a false match is a matter of one in a
/// thousand corpora. <see cref="string.GetHashCode()"/> would differ from run to run.</remarks>
internal static class PairHash
{
    public static ulong Of(SentencePair pair) => Finish(Add((Add(14695981039346656037, pair.Source) ^ 0xFFFF) * Prime, pair.Target));

    private const ulong Prime = 0x100000001B3;

    private static ulong Add(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
