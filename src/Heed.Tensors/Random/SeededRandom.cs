namespace Heed.Tensors.Random;

/// <summary>A sequential random generator whose numbers depend on the seed alone, on any machine and .NET version.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", figure 17). Its whole state is one number, which checkpoints save.</remarks>
/// <param name="seed">The seed.</param>
public sealed class SeededRandom(ulong seed) : RandomSource
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

    /// <inheritdoc/>
    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)bound, out _); // the high half of bits * bound
    }

    /// <inheritdoc/>
    /// <remarks>Box and Muller 1958.</remarks>
    public override double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <inheritdoc/>
    public override void FillUniform(Span<float> values, double from, double to)
    {
        double middle = (from + to) / 2;
        double reach = (to - from) / 2;
        foreach (ref float value in values)
        {
            value = (float)(middle + (reach * ((2 * NextDouble()) - 1)));
        }
    }

    /// <inheritdoc/>
    public override void FillNormal(Span<float> values, double mean, double deviation)
    {
        foreach (ref float value in values)
        {
            value = (float)(mean + (deviation * NextNormal()));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Fisher and Yates; Durstenfeld 1964.</remarks>
    public override void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
