namespace Heed.Tensors.Memory;

/// <summary>Where a tensor's elements lie: a block of memory that one or more tensors view, and the place in it.</summary>
/// <remarks>
/// A block taken inside a <see cref="TensorScope"/> goes back to the pool when the scope ends; any other is freed when the garbage
/// collector finds that nobody views it. The pool hands a block out many times, so a buffer remembers which of these uses it belongs
/// to. Reading a buffer whose use is over is an error, never the data of the next one.
/// </remarks>
internal readonly unsafe struct TensorBuffer
{
    private readonly MemoryBlock block;
    private readonly int use;
    private readonly int offset;

    private TensorBuffer(MemoryBlock block, int use, int offset) => (this.block, this.use, this.offset) = (block, use, offset);

    /// <summary>Grows with every write from outside the operations; whoever caches a repacked copy compares it.</summary>
    public int Version => Block.Version;

    /// <summary>Whether several gradients refer to this memory, so that it is given back only with its scope.</summary>
    public bool IsShared => block.IsShared;

    /// <summary>Whether somebody outside the operations can refer to this memory.</summary>
    public bool IsSeen => block.IsSeen;

    /// <summary>The first element, to read, or for an operation to write its result.</summary>
    public float* Pointer => Block.Pointer + offset;

    /// <summary>Who makes a repacked copy holds this.</summary>
    public object PackingGate => block;

    private MemoryBlock Block => block.Use == use ? block : throw new ObjectDisposedException(
        nameof(Tensor), "this tensor's memory was given back, by Release() or because the tape or scope it was made in has ended; call Keep() on it before the end");

    /// <summary>Takes memory for some elements, whose values are arbitrary, and enters it in the scope of this thread.</summary>
    /// <param name="length">How many.</param>
    public static TensorBuffer Rent(int length)
    {
        MemoryBlock block = BufferPool.Rent(length);
        var buffer = new TensorBuffer(block, block.Use, 0);
        block.Scope = TensorScope.Current;
        if (block.Scope is null)
        {
            BufferPool.LeaveToCollector(block);
        }
        else
        {
            block.Scope.Adopt(buffer);
        }

        return buffer;
    }

    /// <summary>The same memory from another element on.</summary>
    public TensorBuffer From(int start) => new(block, use, offset + start);

    /// <summary>The elements.</summary>
    public Span<float> Span(int count) => Block.Span(offset, count);

    /// <summary>Notes a write, which outdates every repacked copy.</summary>
    public void CountWrite() => Block.Version++;

    /// <summary>Notes that several gradients refer to this memory.</summary>
    public void Share() => Block.IsShared = true;

    /// <summary>Notes that somebody outside the operations can refer to this memory.</summary>
    public void Show() => Block.IsSeen = true;

    /// <summary>The repacked copy of a parameter, if one was made in this order and nothing has been written since.</summary>
    public TPacked? Packed<TPacked>(bool transposed, in Shape shape)
        where TPacked : struct =>
        Block.Packed is { } copy && copy.Version == block.Version && copy.Transposed == transposed && copy.Shape == shape && copy.Offset == offset ? copy.Value as TPacked? : null;

    /// <summary>Keeps a repacked copy beside the elements.</summary>
    public void KeepPacked(object packed, bool transposed, in Shape shape) => Block.Packed = new PackedCopy(packed, block.Version, transposed, shape, offset);

    /// <summary>Takes the memory out of its scope; from now on the garbage collector frees it.</summary>
    public void Keep()
    {
        BufferPool.LeaveToCollector(Block);
        block.Scope = null;
    }

    /// <summary>Gives the memory back to the pool, once.</summary>
    /// <returns>False when that has been done already.</returns>
    public bool Release()
    {
        bool ended = block.EndUse(use);
        if (ended)
        {
            BufferPool.Return(block);
        }

        return ended;
    }

    /// <summary>Gives the memory back at the end of a scope, unless it was kept.</summary>
    public void EndOf(TensorScope ended)
    {
        if (block.Scope == ended)
        {
            Release();
        }
    }
}

/// <summary>A repacked copy of a tensor, and what it was a copy of.</summary>
internal sealed record PackedCopy(object Value, int Version, bool Transposed, Shape Shape, int Offset);
