namespace Heed.Tensors.Simd;

/// <summary>
/// A vector of 32-bit floats of one hardware width. Kernels are written once over this interface; the just-in-time
/// compiler makes one machine-code version for each width, with every member inlined to one or two instructions.
/// </summary>
/// <typeparam name="TSelf">The implementing vector.</typeparam>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>The number of floats in one vector.</summary>
    static abstract int Width { get; }

    /// <summary>How many vector registers the instruction set has: what a kernel may tile without spilling.</summary>
    static abstract int Registers { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    /// <summary>Loads the first lanes from memory and takes the others from <paramref name="padding"/>; reads nothing beyond <paramref name="count"/>.</summary>
    static abstract TSelf LoadPartial(float* source, int count, TSelf padding);

    void Store(float* destination);

    /// <summary>Stores the first lanes only.</summary>
    void StorePartial(float* destination, int count);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once where the hardware can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The larger lane; NaN where <paramref name="b"/> is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller lane; NaN where <paramref name="b"/> is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Abs(TSelf a);

    /// <summary>All bits set in the lanes where a is less than b.</summary>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>Lane by lane, a where the mask's bits are set and b elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>Rounds each lane to the nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>2^n for lanes that hold integers from -126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>a * 2^n for lanes of n that hold integers from -252 to 254, rounded once: results may be subnormal or infinite.</summary>
    static abstract TSelf Scale(TSelf a, TSelf n);

    /// <summary>Splits positive normal lanes into an exponent and a mantissa in [1, 2): a = mantissa * 2^exponent.</summary>
    static abstract TSelf Mantissa(TSelf a, out TSelf exponent);

    /// <summary>The sum of all lanes, always added in the same order.</summary>
    static abstract float Sum(TSelf a);

    /// <summary>The largest lane.</summary>
    static abstract float MaxLane(TSelf a);

    /// <summary>
    /// Random lanes in [0, 1) that depend on the key and on the element's number alone: see <c>CounterRandom</c>.
    /// </summary>
    /// <param name="key">The stream.</param>
    /// <param name="counter">The number of the first lane; the others follow.</param>
    static abstract TSelf Uniform(ulong key, uint counter);

    /// <summary>One number of each of several streams: lane i is what <see cref="Uniform(ulong, uint)"/> has as the first lane for the i-th key.</summary>
    /// <param name="low">The lower halves of the keys.</param>
    /// <param name="high">The upper halves of the keys.</param>
    /// <param name="counter">The number's place in each stream.</param>
    static abstract TSelf Uniform(uint* low, uint* high, uint counter);
}
