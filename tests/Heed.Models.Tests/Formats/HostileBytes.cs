using System.Buffers.Binary;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Formats;

/// <summary>Hands damaged versions of a good file to a reader: whatever the damage, it reads on or says in words what is wrong.</summary>
internal static class HostileBytes
{
    private static readonly ulong[] NastyNumbers = [0, 1, uint.MaxValue, int.MaxValue, long.MaxValue, ulong.MaxValue, 1UL << 32, 1UL << 40, 1UL << 61, 1UL << 62, 1UL << 63];

    /// <summary>Cuts the file at every length below a limit.</summary>
    /// <param name="whole">A good file.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="read">Opens it and reads everything in it.</param>
    public static void CutEverywhere(byte[] whole, string name, Action<string> read)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Exception? error = Record.Exception(() => read(path));
            Assert.True(error is ModelFileException or ConfigException, $"cut at {length} of {whole.Length}: {error?.ToString() ?? "nothing was noticed"}");
        }
    }

    /// <summary>Flips bytes and plants nasty numbers at random places of the first bytes.</summary>
    /// <param name="whole">A good file.</param>
    /// <param name="damaged">How many bytes from the front may be damaged.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="read">Opens it and reads everything in it.</param>
    /// <param name="rounds">How many damaged files.</param>
    public static void DamageAnywhere(byte[] whole, int damaged, string name, Action<string> read, int rounds = 4000)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = [.. whole];
            for (int damage = random.Next(1, 4); damage > 0; damage--)
            {
                Damage(bytes, damaged, random);
            }

            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Record.Exception(() => read(path));
            Assert.True(error is null or ModelFileException or ConfigException, $"seed {seed}, round {round}: {error}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000, $"seed {seed}, round {round}: allocated {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
    }

    private static void Damage(byte[] bytes, int damaged, Random random)
    {
        if (random.Next(3) > 0)
        {
            bytes[random.Next(damaged)] ^= (byte)random.Next(1, 256);
            return;
        }

        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, NastyNumbers[random.Next(NastyNumbers.Length)]);
        int place = random.Next(Math.Max(1, damaged - 8));
        number[..Math.Min(random.Next(2) == 0 ? 4 : 8, bytes.Length - place)].CopyTo(bytes.AsSpan(place));
    }
}
