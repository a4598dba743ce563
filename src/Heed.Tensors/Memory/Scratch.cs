namespace Heed.Tensors.Memory;

/// <summary>Memory from the pool for the length of one kernel; its contents are arbitrary at first.</summary>
internal readonly unsafe ref struct Scratch
{
    private readonly MemoryBlock block;

    /// <summary>Rents memory; dispose to give it back.</summary>
    /// <param name="floats">How many floats there is to be room for.</param>
    public Scratch(long floats) => block = BufferPool.Rent(checked((int)floats));

    public float* Pointer => block.Pointer;

    public void Dispose() => BufferPool.Return(block);
}
