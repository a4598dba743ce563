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
    private int use;

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

    /// <summary>Which use by tensors this is; it changes when they give the block back.</summary>
    public int Use => use;

    /// <summary>The scope at whose end the tensors give the block back; null when the garbage collector frees it.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>Grows with every write from outside the operations, over all uses.</summary>
    public int Version { get; set; }

    /// <summary>A copy in the order that a kernel reads, kept for parameters that are multiplied many times.</summary>
    public PackedCopy? Packed { get; set; }

    /// <summary>Whether several gradients refer to this block.</summary>
    public bool IsShared { get; set; }

    /// <summary>Whether a gradient here was shown to somebody outside the operations.</summary>
    public bool IsSeen { get; set; }

    /// <summary>A range of the memory, which keeps it alive.</summary>
    public Span<float> Span(int offset, int count) => array.AsSpan(start + offset, count);

    /// <summary>Ends a use by tensors; false, and nothing done, when it has ended already.</summary>
    public bool EndUse(int ended)
    {
        if (Interlocked.CompareExchange(ref use, ended + 1, ended) != ended)
        {
            return false;
        }

        (Scope, Packed, IsShared, IsSeen) = (null, null, false, false);
        return true;
    }
}
