namespace Heed.Tensors.Memory;

/// <summary>
/// The process-wide pool of 64-byte aligned blocks behind every CPU tensor. Blocks given back are handed out again,
/// so a training loop stops allocating after its first steps.
/// </summary>
/// <remarks>
/// Sizes are rounded up to one of eight classes per power of two. A request takes the smallest waiting block that fits, up to
/// twice its size, so that batches of different sizes share their blocks. A tensor outside every scope takes a block along
/// when it is collected: only scopes, and whoever releases explicitly, fill the pool. Where a new block is needed, those that have
/// waited for long are left to the garbage collector, so that the largest batch of each kind does not stay for ever.
/// </remarks>
public static class BufferPool
{
    /// <summary>The alignment of every block, in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private const int SmallestClass = 64;

    // A waiting block of up to twice the size is better than a new one.
    private const int ClassesAbove = 8;

    // A block that waits while so many are handed out belongs to a batch that seldom comes: some hundred steps of a small model.
    private const long RentsUntilIdle = 1 << 18;

    // Each is used from its end, so that the blocks that have waited longest are first.
    private static readonly List<MemoryBlock>[] Free = CreateFreeLists();
    private static long bytesCached;
    private static long bytesInUse;
    private static long rents;
    private static long lastSweep;

    /// <summary>Bytes that scopes, tapes and running kernels hold now. What was kept or made outside belongs to the garbage collector and does not count.</summary>
    public static long BytesInUse => Interlocked.Read(ref bytesInUse);

    /// <summary>Bytes that wait in the pool to be handed out again.</summary>
    public static long BytesCached => Interlocked.Read(ref bytesCached);

    /// <summary>Leaves all waiting blocks to the garbage collector.</summary>
    public static void Trim()
    {
        for (int sizeClass = 0; sizeClass < Free.Length; sizeClass++)
        {
            while (TryTake(sizeClass) is not null)
            {
            }
        }
    }

    internal static MemoryBlock Rent(int floats)
    {
        long now = Interlocked.Increment(ref rents);
        int wanted = ClassOf(floats);
        MemoryBlock? block = null;
        for (int sizeClass = wanted; block is null && sizeClass < Math.Min(wanted + ClassesAbove, Free.Length); sizeClass++)
        {
            block = TryTake(sizeClass);
        }

        if (block is null)
        {
            DropIdle(now);
            block = new MemoryBlock(wanted, BytesOf(wanted));
        }

        block.IsCounted = true;
        Interlocked.Add(ref bytesInUse, block.Bytes);
        return block;
    }

    internal static void Return(MemoryBlock block)
    {
        LeaveToCollector(block);
        block.LastUse = Interlocked.Read(ref rents);
        Interlocked.Add(ref bytesCached, block.Bytes);
        lock (Free[block.SizeClass])
        {
            Free[block.SizeClass].Add(block);
        }
    }

    /// <summary>Notes that no scope answers for a block any more.</summary>
    internal static void LeaveToCollector(MemoryBlock block)
    {
        if (block.IsCounted)
        {
            block.IsCounted = false;
            Interlocked.Add(ref bytesInUse, -block.Bytes);
        }
    }

    private static MemoryBlock? TryTake(int sizeClass)
    {
        lock (Free[sizeClass])
        {
            List<MemoryBlock> waiting = Free[sizeClass];
            if (waiting.Count == 0)
            {
                return null;
            }

            MemoryBlock block = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            Interlocked.Add(ref bytesCached, -block.Bytes);
            return block;
        }
    }

    private static void DropIdle(long now)
    {
        long swept = Interlocked.Read(ref lastSweep);
        if (now - swept < RentsUntilIdle / 16 || Interlocked.CompareExchange(ref lastSweep, now, swept) != swept)
        {
            return;
        }

        foreach (List<MemoryBlock> waiting in Free)
        {
            lock (waiting)
            {
                int idle = 0;
                for (; idle < waiting.Count && now - waiting[idle].LastUse > RentsUntilIdle; idle++)
                {
                    Interlocked.Add(ref bytesCached, -waiting[idle].Bytes);
                }

                waiting.RemoveRange(0, idle);
            }
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

    private static List<MemoryBlock>[] CreateFreeLists()
    {
        var lists = new List<MemoryBlock>[ClassOf(int.MaxValue) + 9];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = [];
        }

        return lists;
    }
}
