using System.Numerics;
using System.Runtime.CompilerServices;

namespace Heed.Models.Formats;

/// <summary>Reads numbers of other widths from a mapped file as the floats or integers that are wanted, a piece at a time.</summary>
internal static class StoredNumbers
{
    private const int ChunkElements = 4096;

    public static void ReadConverted<TStored, TValue>(MappedFile file, long offset, Span<TValue> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where TValue : unmanaged, INumberBase<TValue>
    {
        Span<TStored> chunk = new TStored[Math.Min(ChunkElements, destination.Length)];
        for (int start = 0; start < destination.Length; start += chunk.Length)
        {
            var stored = chunk[..Math.Min(chunk.Length, destination.Length - start)];
            file.Read(offset + ((long)start * Unsafe.SizeOf<TStored>()), stored);
            for (int i = 0; i < stored.Length; i++)
            {
                destination[start + i] = TValue.CreateTruncating(stored[i]);
            }
        }
    }

    public static void ReadFloat16(MappedFile file, long offset, Span<float> destination)
    {
        Span<Half> chunk = new Half[Math.Min(ChunkElements, destination.Length)];
        for (int start = 0; start < destination.Length; start += chunk.Length)
        {
            var stored = chunk[..Math.Min(chunk.Length, destination.Length - start)];
            file.Read(offset + ((long)start * sizeof(ushort)), stored);
            HalfBits.ToSingle(stored, destination[start..]);
        }
    }

    public static void ReadBFloat16(MappedFile file, long offset, Span<float> destination)
    {
        Span<ushort> chunk = new ushort[Math.Min(ChunkElements, destination.Length)];
        for (int start = 0; start < destination.Length; start += chunk.Length)
        {
            var stored = chunk[..Math.Min(chunk.Length, destination.Length - start)];
            file.Read(offset + ((long)start * sizeof(ushort)), stored);
            BFloat16Bits.ToSingle(stored, destination[start..]);
        }
    }
}
