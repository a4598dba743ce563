using System.Buffers.Binary;

namespace Heed.Testing.Hostile;

/// <summary>Damages bytes at random places.</summary>
internal static class ByteDamage
{
    private static readonly ulong[] ExtremeNumbers = [0, 1, uint.MaxValue, int.MaxValue, 0x80000000, long.MaxValue, ulong.MaxValue, 1UL << 32, 1UL << 40, 1UL << 61, 1UL << 62, 1UL << 63];

    /// <summary>A copy of the bytes with one to three damages among the first of them.</summary>
    public static byte[] Apply(byte[] whole, int head, Random random)
    {
        byte[] bytes = [.. whole];
        for (int damage = random.Next(1, 4); damage > 0; damage--)
        {
            if (random.Next(3) > 0)
            {
                bytes[random.Next(head)] ^= (byte)random.Next(1, 256);
            }
            else
            {
                PlantNumber(bytes, random.Next(Math.Max(1, head - 8)), random);
            }
        }

        return bytes;
    }

    private static void PlantNumber(byte[] bytes, int place, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, ExtremeNumbers[random.Next(ExtremeNumbers.Length)]);
        number[..Math.Min(random.Next(2) == 0 ? 4 : 8, bytes.Length - place)].CopyTo(bytes.AsSpan(place));
    }
}
