using System.Runtime.InteropServices;

namespace Heed.Tensors.Memory;

/// <summary>Memory that does not move, beginning at a multiple of <see cref="BufferPool.Alignment"/>.</summary>
/// <remarks>
/// A pinned array: the garbage collector knows its size, frees it when nobody refers to it, and keeps it for as long as
/// anybody holds a span of it.
/// </remarks>
internal sealed unsafe class MemoryBlock
{
    private readonly float[] array;
    private readonly int start;

    public MemoryBlock(int sizeClass, long bytes)
    {
        const int slack = (BufferPool.Alignment / sizeof(float)) - 1;
        SizeClass = sizeClass;
        Bytes = bytes;
        array = GC.AllocateUninitializedArray<float>(checked((int)Math.Min((bytes / sizeof(float)) + slack, Array.MaxLength)), pinned: true);
        var first = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        nuint aligned = (first + BufferPool.Alignment - 1) & ~(nuint)(BufferPool.Alignment - 1);
        start = (int)((aligned - first) / sizeof(float));
        Pointer = (float*)aligned;
    }

    public int SizeClass { get; }

    public long Bytes { get; }

    /// <summary>The first float. Who uses it sees to it that this block stays reachable.</summary>
    public float* Pointer { get; }

    /// <summary>Whether <see cref="BufferPool.BytesInUse"/> counts this block.</summary>
    public bool IsCounted { get; set; }

    /// <summary>How many blocks the pool had handed out when this one was given back.</summary>
    public long LastUse { get; set; }

    /// <summary>A range of the memory, which keeps it alive.</summary>
    public Span<float> Span(int offset, int count) => array.AsSpan(start + offset, count);
}
