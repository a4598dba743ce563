namespace Heed.Tensors.Random;

/// <summary>
/// A counter-based generator: the n-th number of a stream is a function of the stream's key and n, so that any thread can
/// draw any number, and a backward pass can draw the forward pass's numbers again instead of storing them.
/// </summary>
/// <remarks>
/// Two rounds of a 32-bit xor-shift-multiply mixer, with the key's halves mixed in before each round. The idea is that
/// of Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; the mixer is smaller than theirs and meant for
/// dropout and initialisation, not for cryptography.
/// </remarks>
internal static class CounterRandom
{
    public const uint Multiplier1 = 0x7FEB352D;
    public const uint Multiplier2 = 0x846CA68B;
    public const float Scale = 1f / (1 << 24);

    /// <summary>The n-th number of the stream, uniform in [0, 1) in steps of 2^-24.</summary>
    public static float Uniform(ulong key, uint n) => (Bits(key, n) >> 8) * Scale;

    public static uint Bits(ulong key, uint n) => Mix(Mix(n ^ (uint)key) ^ (uint)(key >> 32));

    /// <summary>Derives the key of a sub-stream, one for each use within a stream.</summary>
    public static ulong Derive(ulong key, ulong index)
    {
        ulong z = key + (0x9E3779B97F4A7C15UL * (index + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * Multiplier1;
        x = (x ^ (x >> 15)) * Multiplier2;
        return x ^ (x >> 16);
    }
}
