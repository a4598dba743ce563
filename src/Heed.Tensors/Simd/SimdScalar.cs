using System.Runtime.CompilerServices;
using Heed.Tensors.Random;

namespace Heed.Tensors.Simd;

/// <summary>One float: the width for processors without vector instructions, or with them switched off.</summary>
internal readonly unsafe struct SimdScalar(float lane) : ISimd<SimdScalar>
{
    private readonly float lane = lane;

    public static int Width => 1;

    public static int Registers => 16;

    public static SimdScalar Load(float* source) => new(*source);

    public static SimdScalar LoadPartial(float* source, int count, SimdScalar padding) => count > 0 ? new(*source) : padding;

    public static SimdScalar Broadcast(float value) => new(value);

    public void Store(float* destination) => *destination = lane;

    public void StorePartial(float* destination, int count)
    {
        if (count > 0)
        {
            *destination = lane;
        }
    }

    public static SimdScalar operator +(SimdScalar a, SimdScalar b) => new(a.lane + b.lane);

    public static SimdScalar operator -(SimdScalar a, SimdScalar b) => new(a.lane - b.lane);

    public static SimdScalar operator *(SimdScalar a, SimdScalar b) => new(a.lane * b.lane);

    public static SimdScalar operator /(SimdScalar a, SimdScalar b) => new(a.lane / b.lane);

    public static SimdScalar operator &(SimdScalar a, SimdScalar b) => FromBits(Bits(a) & Bits(b));

    public static SimdScalar operator |(SimdScalar a, SimdScalar b) => FromBits(Bits(a) | Bits(b));

    public static SimdScalar MultiplyAdd(SimdScalar a, SimdScalar b, SimdScalar c) => new((a.lane * b.lane) + c.lane);

    public static SimdScalar Max(SimdScalar a, SimdScalar b) => new(a.lane > b.lane ? a.lane : b.lane);

    public static SimdScalar Min(SimdScalar a, SimdScalar b) => new(a.lane < b.lane ? a.lane : b.lane);

    public static SimdScalar Sqrt(SimdScalar a) => new(MathF.Sqrt(a.lane));

    public static SimdScalar Abs(SimdScalar a) => new(MathF.Abs(a.lane));

    public static SimdScalar LessThan(SimdScalar a, SimdScalar b) => FromBits(a.lane < b.lane ? uint.MaxValue : 0);

    public static SimdScalar Select(SimdScalar mask, SimdScalar a, SimdScalar b) => Bits(mask) != 0 ? a : b;

    public static SimdScalar Round(SimdScalar a) => new(MathF.Round(a.lane));

    public static SimdScalar PowerOfTwo(SimdScalar n) => FromBits((uint)((int)n.lane + 127) << 23);

    public static SimdScalar Scale(SimdScalar a, SimdScalar n)
    {
        SimdScalar half = Round(new(n.lane * 0.5f));
        return a * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    public static SimdScalar Mantissa(SimdScalar a, out SimdScalar exponent)
    {
        uint bits = Bits(a);
        exponent = new((int)(bits >> 23) - 127);
        return FromBits((bits & 0x007FFFFF) | 0x3F800000);
    }

    public static float Sum(SimdScalar a) => a.lane;

    public static float MaxLane(SimdScalar a) => a.lane;

    public static SimdScalar Uniform(ulong key, uint counter) => new(CounterRandom.Uniform(key, counter));

    public static SimdScalar Uniform(uint* low, uint* high, uint counter) => new(CounterRandom.Uniform(((ulong)*high << 32) | *low, counter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(SimdScalar a) => BitConverter.SingleToUInt32Bits(a.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SimdScalar FromBits(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));
}
