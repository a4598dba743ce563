namespace Heed.Tensors.Memory;

/// <summary>A block of device memory that one or more tensors view.</summary>
/// <remarks>
/// A buffer made inside a <see cref="TensorScope"/> goes back to the pool when the scope ends; any other goes back
/// when the garbage collector finds that nobody views it. Reading a buffer that went back is an error, never stale data.
/// </remarks>
internal sealed unsafe class TensorBuffer
{
    private readonly int sizeClass;
    private float* pointer;

    public TensorBuffer(int length)
    {
        pointer = BufferPool.Rent(length, out sizeClass);
        Length = length;
        TensorScope.Current?.Adopt(this);
    }

    ~TensorBuffer() => Release();

    public int Length { get; }

    /// <summary>The scope that gives this buffer back, or null when the garbage collector does.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>Grows with every write from outside the operations; whoever caches a repacked copy compares it.</summary>
    public int Version { get; set; }

    /// <summary>A copy in the order that a kernel reads, kept for parameters that are multiplied many times.</summary>
    public PackedCopy? Packed { get; set; }

    /// <summary>Whether several gradients refer to this memory, so that it is given back only with its scope.</summary>
    public bool IsShared { get; set; }

    public float* Pointer => pointer is not null
        ? pointer
        : throw new ObjectDisposedException(nameof(Tensor), "this tensor belonged to a tape or scope that has ended; call Keep() on it before the end");

    public void Release()
    {
        float* block = pointer;
        if (block is not null)
        {
            pointer = null;
            BufferPool.Return(block, sizeClass);
#pragma warning disable CA1816 // Not disposable by users; the scope plays that part, and the finalizer has nothing left to do.
            GC.SuppressFinalize(this);
#pragma warning restore CA1816
        }
    }
}

/// <summary>A repacked copy of a tensor, and what it was a copy of.</summary>
internal sealed record PackedCopy(object Value, int Version, bool Transposed, Shape Shape, int Offset);
