namespace Heed.Text.Tokenizers;

/// <summary>A small seeded source of random numbers for sampled encodings; copy it to save its state.</summary>
/// <param name="seed">The same seed gives the same numbers everywhere.</param>
/// <remarks>
/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators". The state is one number, so a data
/// loader can make a fresh generator from (seed, epoch, line) and stays resumable.
/// </remarks>
public struct SplitMix64(ulong seed) : IEquatable<SplitMix64>
{
    private ulong state = seed;

    /// <summary>A generator for one item, decided by all three numbers.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The pass over the data.</param>
    /// <param name="item">The line within the data.</param>
    public static SplitMix64 For(ulong seed, long epoch, long item)
    {
        var bySeed = new SplitMix64(seed);
        var byEpoch = new SplitMix64(bySeed.NextUInt64() ^ (ulong)epoch);
        return new SplitMix64(byEpoch.NextUInt64() ^ (ulong)item);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The next number in [0, 1), with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public readonly bool Equals(SplitMix64 other) => state == other.state;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SplitMix64 other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => state.GetHashCode();

    /// <summary>Whether two generators will give the same numbers.</summary>
    public static bool operator ==(SplitMix64 left, SplitMix64 right) => left.Equals(right);

    /// <summary>Whether two generators will give different numbers.</summary>
    public static bool operator !=(SplitMix64 left, SplitMix64 right) => !left.Equals(right);
}
