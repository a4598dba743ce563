using System.Runtime.InteropServices;

namespace Heed.Tensors.Memory;

/// <summary>
/// The process-wide pool of 64-byte aligned blocks behind every CPU tensor. Blocks given back are handed out again,
/// so a training loop stops asking the operating system for memory after its first steps.
/// </summary>
/// <remarks>
/// Sizes are rounded up to one of eight classes per power of two. A request takes the smallest waiting block that fits, up to
/// twice its size, so that batches of different sizes share their blocks.
/// </remarks>
public static unsafe class BufferPool
{
    /// <summary>The alignment of every block, in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private const int SmallestClass = 64;

    // A waiting block of up to twice the size is better than a new one.
    private const int ClassesAbove = 8;

    private static readonly Stack<nint>[] Free = CreateFreeLists();
    private static long bytesCached;
    private static long bytesInUse;

    /// <summary>Bytes that tensors hold now.</summary>
    public static long BytesInUse => Interlocked.Read(ref bytesInUse);

    /// <summary>Bytes that wait in the pool to be handed out again.</summary>
    public static long BytesCached => Interlocked.Read(ref bytesCached);

    /// <summary>Gives all waiting blocks back to the operating system.</summary>
    public static void Trim()
    {
        for (int sizeClass = 0; sizeClass < Free.Length; sizeClass++)
        {
            lock (Free[sizeClass])
            {
                while (Free[sizeClass].TryPop(out nint block))
                {
                    NativeMemory.AlignedFree((void*)block);
                    Interlocked.Add(ref bytesCached, -BytesOf(sizeClass));
                }
            }
        }
    }

    internal static float* Rent(int floats, out int sizeClass)
    {
        int wanted = ClassOf(floats);
        for (sizeClass = wanted; sizeClass < Math.Min(wanted + ClassesAbove, Free.Length); sizeClass++)
        {
            if (TryTake(sizeClass, out float* block))
            {
                return block;
            }
        }

        sizeClass = wanted;
        long bytes = BytesOf(wanted);
        Interlocked.Add(ref bytesInUse, bytes);
        return (float*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
    }

    private static bool TryTake(int sizeClass, out float* block)
    {
        block = null;
        lock (Free[sizeClass])
        {
            if (!Free[sizeClass].TryPop(out nint waiting))
            {
                return false;
            }

            block = (float*)waiting;
        }

        Interlocked.Add(ref bytesInUse, BytesOf(sizeClass));
        Interlocked.Add(ref bytesCached, -BytesOf(sizeClass));
        return true;
    }

    internal static void Return(float* block, int sizeClass)
    {
        long bytes = BytesOf(sizeClass);
        Interlocked.Add(ref bytesInUse, -bytes);
        Interlocked.Add(ref bytesCached, bytes);
        lock (Free[sizeClass])
        {
            Free[sizeClass].Push((nint)block);
        }
    }

    // Class 8e + s holds (8 + s) * 2^e * SmallestClass / 8 floats.
    private static int ClassOf(int floats)
    {
        int exponent = 0;
        long step = SmallestClass / 8;
        while ((step << exponent) * 16 < floats)
        {
            exponent++;
        }

        long units = (floats + (step << exponent) - 1) / (step << exponent);
        return (8 * exponent) + (int)Math.Max(0, units - 8);
    }

    private static long BytesOf(int sizeClass)
    {
        int exponent = sizeClass / 8;
        long bytes = (8 + (sizeClass % 8)) * ((long)(SmallestClass / 8) << exponent) * sizeof(float);
        return (bytes + Alignment - 1) / Alignment * Alignment;
    }

    private static Stack<nint>[] CreateFreeLists()
    {
        var lists = new Stack<nint>[ClassOf(int.MaxValue) + 9];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = new Stack<nint>();
        }

        return lists;
    }
}
