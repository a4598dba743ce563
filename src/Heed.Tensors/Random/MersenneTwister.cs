namespace Heed.Tensors.Random;

/// <summary>The 32-bit Mersenne Twister with a period of 2^19937 - 1.</summary>
/// <remarks>Matsumoto and Nishimura 1998, seeded by the linear recurrence of their 2002 code (<c>init_genrand</c>).</remarks>
internal sealed class MersenneTwister
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] state = new uint[Length];
    private int next = Length;

    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Length; i++)
        {
            uint previous = state[i - 1];
            state[i] = (1812433253U * (previous ^ (previous >> 30))) + i;
        }
    }

    public uint NextUInt32()
    {
        if (next == Length)
        {
            Twist();
        }

        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680U;
        y ^= (y << 15) & 0xEFC60000U;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (state[i] & 0x80000000U) | (state[(i + 1) % Length] & 0x7FFFFFFFU);
            state[i] = state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DFU);
        }

        next = 0;
    }
}
