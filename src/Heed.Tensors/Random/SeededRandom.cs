namespace Heed.Tensors.Random;

/// <summary>A sequential random generator whose numbers depend on the seed alone, on any machine and .NET version.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", figure 17). Its whole state is one number, which checkpoints save.</remarks>
/// <param name="seed">The seed.</param>
public sealed class SeededRandom(ulong seed)
{
    /// <summary>The state: setting it continues the sequence from there.</summary>
    public ulong State { get; set; } = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        State += 0x9E3779B97F4A7C15UL;
        return Mix(State);
    }

    /// <summary>Scrambles 64 bits; every input bit can change every output bit.</summary>
    /// <param name="bits">The bits.</param>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }

    /// <summary>A number uniform in [0, 1), in steps of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer uniform in [0, bound).</summary>
    /// <param name="bound">Positive.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)bound, out _); // the high half of bits * bound
    }

    /// <summary>A number from the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Puts items in a random order (Fisher and Yates; Durstenfeld 1964).</summary>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
