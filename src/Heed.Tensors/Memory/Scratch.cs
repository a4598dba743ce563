namespace Heed.Tensors.Memory;

/// <summary>Memory from the pool for the length of one kernel; its contents are arbitrary at first.</summary>
internal readonly unsafe ref struct Scratch
{
    private readonly int sizeClass;

    /// <summary>Rents memory; dispose to give it back.</summary>
    /// <param name="floats">How many floats there is to be room for.</param>
    public Scratch(long floats) => Pointer = BufferPool.Rent(checked((int)floats), out sizeClass);

    public float* Pointer { get; }

    public void Dispose() => BufferPool.Return(Pointer, sizeClass);
}
