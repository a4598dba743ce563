namespace Heed.Tensors.Random;

/// <summary>
/// Draws the numbers that PyTorch's generator draws on the processor: the same seed gives the same weights, masks and orders,
/// so that a book written with PyTorch can be followed digit by digit.
/// </summary>
/// <remarks>
/// <para>The engine is a Mersenne Twister. Modules that are handed this generator follow PyTorch's conventions for initial weights as well:
/// see <c>Heed.Nn.Initialization</c>.</para>
/// <para>Dropout and multinomial draws are those of PyTorch's plain loops (macOS, or Linux without MKL). Its wheels for Linux on x86 draw
/// these two from Intel's MKL, and graphics processors have generators of their own; neither is followed.
/// Sines, cosines and logarithms may differ from PyTorch's vectorised ones in the last bit.</para>
/// </remarks>
public sealed partial class PyTorchRandom : RandomSource
{
    private const int NormalBlock = 16;

    private readonly MersenneTwister engine;
    private double? keptNormal;

    /// <summary>Creates a generator: PyTorch's <c>torch.manual_seed</c>.</summary>
    /// <param name="seed">The seed; its lower 32 bits count, as in PyTorch.</param>
    public PyTorchRandom(ulong seed) => engine = new MersenneTwister((uint)seed);

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32() => engine.NextUInt32();

    /// <summary>The next 64 random bits, the upper half drawn first.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <inheritdoc/>
    public override double NextDouble() => (NextUInt64() & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));

    /// <summary>A number uniform in [0, 1) in steps of 2^-24: what a float tensor is filled with.</summary>
    public float NextSingle() => (NextUInt32() & 0xFFFFFF) * (1f / (1 << 24));

    /// <inheritdoc/>
    /// <remarks>PyTorch's <c>torch.randint</c>.</remarks>
    public override int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(NextUInt32() % (uint)bound);
    }

    /// <inheritdoc/>
    /// <remarks>Box and Muller 1958, in pairs: the second of a pair is kept for the next call.</remarks>
    public override double NextNormal()
    {
        if (keptNormal is { } kept)
        {
            keptNormal = null;
            return kept;
        }

        double angle = 2 * Math.PI * NextDouble();
        double radius = Math.Sqrt(-2 * LogOfRest(NextDouble()));
        keptNormal = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <inheritdoc/>
    public override void FillUniform(Span<float> values, double from, double to)
    {
        float start = (float)from;
        float width = (float)to - start;
        foreach (ref float value in values)
        {
            value = (NextSingle() * width) + start;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Fewer than 16 numbers are drawn one by one in double precision. Otherwise all are filled with uniform numbers, which
    /// blocks of 16 turn into normal ones; the last 16 are drawn afresh where the length is not a multiple of 16.
    /// </remarks>
    public override void FillNormal(Span<float> values, double mean, double deviation)
    {
        if (values.Length < NormalBlock)
        {
            foreach (ref float value in values)
            {
                value = (float)((NextNormal() * deviation) + mean);
            }

            return;
        }

        FillUniform(values, 0, 1);
        int whole = values.Length / NormalBlock * NormalBlock;
        for (int block = 0; block < whole; block += NormalBlock)
        {
            MakeNormal(values.Slice(block, NormalBlock), (float)mean, (float)deviation);
        }

        if (whole < values.Length)
        {
            Span<float> last = values[^NormalBlock..];
            FillUniform(last, 0, 1);
            MakeNormal(last, (float)mean, (float)deviation);
        }
    }

    /// <inheritdoc/>
    /// <remarks>PyTorch's <c>torch.randperm</c> of as many numbers as there are items.</remarks>
    public override void Shuffle<T>(Span<T> items)
    {
        for (int i = 0; i < items.Length - 1; i++)
        {
            int j = i + Next(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // Element j of the block's first half is the radius of a point and element j of the second its angle.
    private static void MakeNormal(Span<float> block, float mean, float deviation)
    {
        const int Half = NormalBlock / 2;
        for (int j = 0; j < Half; j++)
        {
            float radius = MathF.Sqrt(-2 * MathF.Log(1 - block[j]));
            float angle = 2 * MathF.PI * block[j + Half]; // rounded to single precision, as there
            block[j] = (radius * MathF.Cos(angle) * deviation) + mean;
            block[j + Half] = (radius * MathF.Sin(angle) * deviation) + mean;
        }
    }

    // log(1 - u) without losing the digits of a small u.
    private static double LogOfRest(double u)
    {
        double rest = 1 - u;
        return rest == 1 ? -u : Math.Log(rest) * (u / (1 - rest));
    }
}
