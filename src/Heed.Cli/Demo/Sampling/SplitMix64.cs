namespace Heed.Cli.Demo.Sampling;

/// <summary>A small seeded generator: the same seed gives the same draws everywhere.</summary>
/// <remarks>Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 17.</remarks>
internal sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>Scrambles 64 bits; every input bit can change every output bit.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }

    /// <summary>A whole number from 0 up to, but not including, <paramref name="bound"/>.</summary>
    public int Below(int bound)
    {
        state += 0x9E3779B97F4A7C15UL;
        return (int)Math.BigMul(Mix(state), (ulong)bound, out _);
    }

    /// <summary>True in about <paramref name="percent"/> of a hundred calls.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of the items, all equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
