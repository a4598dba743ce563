namespace Heed.Tensors.Memory;

/// <summary>A block of device memory that one or more tensors view.</summary>
/// <remarks>
/// A buffer made inside a <see cref="TensorScope"/> goes back to the pool when the scope ends; any other is freed
/// when the garbage collector finds that nobody views it. Reading a buffer that went back is an error, never stale data.
/// </remarks>
internal sealed unsafe class TensorBuffer
{
    private MemoryBlock? block;
    private TensorScope? scope;

    public TensorBuffer(int length)
    {
        block = BufferPool.Rent(length);
        scope = TensorScope.Current;
        if (scope is null)
        {
            BufferPool.LeaveToCollector(block);
        }
        else
        {
            scope.Adopt(this);
        }
    }

    /// <summary>Grows with every write from outside the operations; whoever caches a repacked copy compares it.</summary>
    public int Version { get; set; }

    /// <summary>A copy in the order that a kernel reads, kept for parameters that are multiplied many times.</summary>
    public PackedCopy? Packed { get; set; }

    /// <summary>Whether several gradients refer to this memory, so that it is given back only with its scope.</summary>
    public bool IsShared { get; set; }

    public float* Pointer => Block.Pointer;

    private MemoryBlock Block => block ?? throw new ObjectDisposedException(
        nameof(Tensor), "this tensor's memory was given back, by Release() or because the tape or scope it was made in has ended; call Keep() on it before the end");

    public Span<float> Span(int offset, int count) => Block.Span(offset, count);

    /// <summary>Takes the buffer out of its scope; from now on the garbage collector frees it.</summary>
    public void Keep()
    {
        BufferPool.LeaveToCollector(Block);
        scope = null;
    }

    /// <summary>Gives the memory back to the pool, once.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref block, null) is { } released)
        {
            BufferPool.Return(released);
        }
    }

    /// <summary>Gives the memory back at the end of a scope, unless it was kept.</summary>
    public void EndOf(TensorScope ended)
    {
        if (scope == ended)
        {
            Release();
        }
    }
}

/// <summary>A repacked copy of a tensor, and what it was a copy of.</summary>
internal sealed record PackedCopy(object Value, int Version, bool Transposed, Shape Shape, int Offset);
