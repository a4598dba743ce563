using System.Runtime.Intrinsics;
using Heed.Tensors.Kernels;
using Heed.Tensors.Simd;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The elementary functions against double precision, in units in the last place, for every vector width this process may use.</summary>
public sealed class VectorMathTests
{
    private static readonly float[] Special =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, 1f, -1f, 88.72f, 88.73f, -87.3f, -87.4f, -103.9f, -104f,
        -150f, 1e30f, -1e30f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private interface IFunction
    {
        static abstract TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector>;

        static abstract double Exact(double x);
    }

    [Fact]
    public void Exp() => Check<ExpFunction>(1.3, -110, 95);

    [Fact]
    public void Log() => Check<LogFunction>(1.2, 0, 4);

    [Fact]
    public void Tanh() => Check<TanhFunction>(2.6, -12, 12);

    [Fact]
    public void Sigmoid() => Check<SigmoidFunction>(3, -110, 30);

    [Fact]
    public void Normal_distribution_near_the_middle() => Check<NormalFunction>(8.5, -1.5f, 12); // the worst of three million draws is 7.68

    [Fact]
    public void Normal_distribution_keeps_its_relative_accuracy_in_the_tail()
    {
        // The rounding of x^2 / 2 alone is an error of x^2 / 4 units in the last place.
        foreach (float x in new[] { -2f, -3.1f, -4.7f, -6.3f, -9.9f, -12.6f })
        {
            float actual = Values<Simd128, NormalFunction>([x])[0];
            Assert.Equal(1, actual / NormalFunction.Exact(x), 3e-7 * (1 + (x * x / 4)));
        }
    }

    [Fact]
    public void Density_of_the_normal_distribution()
    {
        foreach (float x in new[] { -5f, -1f, 0f, 0.3f, 2f, 7f })
        {
            VectorMath<SimdScalar>.NormalCdf(SimdScalar.Broadcast(x), out SimdScalar density);
            Assert.Equal(1, SimdScalar.Sum(density) / (Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)), 2e-6);
        }
    }

    // Where the sine is just below a half, the rounding of the angle's remainder alone is 0.87 units in the last place, and that of the result 0.5.
    [Fact]
    public void Sine_and_cosine()
    {
        var random = new System.Random(RandomTensor.FreshSeed());
        double[] angles =
        [
            0, Math.PI / 4, Math.PI / 2, Math.PI, -Math.PI, 3 * Math.PI / 2, 1e12, -4e15, 1e300,
            .. Enumerable.Range(0, 40_000).Select(i => (random.NextDouble() - 0.5) * Math.Pow(10, i % 10)), // positions times frequencies go up to some 1e9
        ];
        CheckAngles<SimdScalar>(angles);
        CheckAngles<Simd128>(angles);
        if (Vector256.IsHardwareAccelerated)
        {
            CheckAngles<Simd256>(angles);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            CheckAngles<Simd512>(angles);
        }
    }

    private static unsafe void CheckAngles<TVector>(double[] angles)
        where TVector : unmanaged, ISimd<TVector>
    {
        var actual = new float[2 * TVector.Width];
        fixed (float* sines = actual, cosines = &actual[TVector.Width])
        {
            foreach (double[] group in angles.Chunk(TVector.Width))
            {
                float[] rests = [.. group.Select(angle => QuarterTurns.Of(angle).Remainder)], turns = [.. group.Select(angle => QuarterTurns.Of(angle).Turns)];
                fixed (float* rest = rests, turn = turns)
                {
                    var zero = TVector.Broadcast(0f);
                    VectorMath<TVector>.SinCos(TVector.LoadPartial(rest, group.Length, zero), TVector.LoadPartial(turn, group.Length, zero), out TVector cosine).Store(sines);
                    cosine.Store(cosines);
                }

                for (int i = 0; i < group.Length; i++)
                {
                    double sineError = UnitsInTheLastPlace(Math.Sin(group[i]), actual[i]), cosineError = UnitsInTheLastPlace(Math.Cos(group[i]), actual[TVector.Width + i]);
                    Assert.True(sineError <= 1.75 && cosineError <= 1.75, $"{group[i]:R} on {TVector.Width} lanes: sine off by {sineError:F2}, cosine by {cosineError:F2} units in the last place");
                }
            }
        }
    }

    private static void Check<TFunction>(double bound, float from, float to)
        where TFunction : IFunction
    {
        int seed = RandomTensor.FreshSeed();
        float[] inputs = Inputs(seed, from, to);
        CheckWidth<SimdScalar, TFunction>(inputs, bound, seed);
        CheckWidth<Simd128, TFunction>(inputs, bound, seed);
        if (Vector256.IsHardwareAccelerated)
        {
            CheckWidth<Simd256, TFunction>(inputs, bound, seed);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            CheckWidth<Simd512, TFunction>(inputs, bound, seed);
        }
    }

    private static void CheckWidth<TVector, TFunction>(float[] inputs, double bound, int seed)
        where TVector : unmanaged, ISimd<TVector>
        where TFunction : IFunction
    {
        float[] actual = Values<TVector, TFunction>(inputs);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            double error = UnitsInTheLastPlace(TFunction.Exact(inputs[i]), actual[i]);
            if (!(error <= worst))
            {
                (worst, at) = (error, i);
            }
        }

        string message = $"{typeof(TFunction).Name} on {TVector.Width} lanes, seed {seed}: {inputs[at]:G9} gives {actual[at]:G9}, exactly {TFunction.Exact(inputs[at]):G12}: {worst:F2} units in the last place";
        TestContext.Current.TestOutputHelper?.WriteLine(message);
        Assert.True(worst <= bound, message);
    }

    // Evenly spaced over the interval, evenly spaced over all exponents, and special values.
    private static float[] Inputs(int seed, float from, float to)
    {
        var random = new System.Random(seed);
        var inputs = new List<float>(Special);
        for (int i = 0; i < 40_000; i++)
        {
            inputs.Add(from + ((to - from) * random.NextSingle()));
            float anything = BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32));
            inputs.Add(from >= 0 ? Math.Abs(anything) : Math.Clamp(anything, from, float.MaxValue));
        }

        if (from >= 0)
        {
            inputs.Add(-1e-3f);
        }

        return [.. inputs.Where(x => from < -100 || from >= 0 || !(x < from))];
    }

    private static unsafe float[] Values<TVector, TFunction>(float[] inputs)
        where TVector : unmanaged, ISimd<TVector>
        where TFunction : IFunction
    {
        var outputs = new float[inputs.Length];
        fixed (float* x = inputs, y = outputs)
        {
            for (int i = 0; i < inputs.Length; i += TVector.Width)
            {
                int count = Math.Min(TVector.Width, inputs.Length - i);
                TFunction.Apply(TVector.LoadPartial(x + i, count, TVector.Broadcast(1f))).StorePartial(y + i, count);
            }
        }

        return outputs;
    }

    private static double UnitsInTheLastPlace(double exact, float actual)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        float rounded = (float)exact;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
        {
            return rounded.Equals(actual) || Math.Abs(exact) > 3.4028e38 && Math.Abs(actual) > 3.4028e38 ? 0 : double.PositiveInfinity;
        }

        float magnitude = Math.Min(Math.Abs(rounded), float.BitDecrement(float.MaxValue));
        return Math.Abs(actual - exact) / ((double)float.BitIncrement(magnitude) - magnitude);
    }

    private readonly struct ExpFunction : IFunction
    {
        public static TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector> => VectorMath<TVector>.Exp(x);

        public static double Exact(double x) => Math.Exp(x);
    }

    private readonly struct LogFunction : IFunction
    {
        public static TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector> => VectorMath<TVector>.Log(x);

        public static double Exact(double x) => Math.Log(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector> => VectorMath<TVector>.Tanh(x);

        public static double Exact(double x) => Math.Tanh(x);
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector> => VectorMath<TVector>.Sigmoid(x, out _);

        public static double Exact(double x) => 1 / (1 + Math.Exp(-x));
    }

    private readonly struct NormalFunction : IFunction
    {
        public static TVector Apply<TVector>(TVector x)
            where TVector : unmanaged, ISimd<TVector> => VectorMath<TVector>.NormalCdf(x, out _);

        public static double Exact(double x) => x < 0 ? Tail(-x) : 1 - Tail(x);

        // Phi(-t): the Maclaurin series of the density's integral, and the continued fraction of Mills' ratio further out.
        private static double Tail(double t)
        {
            double density = Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI);
            if (!(t > 3))
            {
                double sum = t;
                double term = t;
                for (int n = 1; n < 200; n++)
                {
                    term *= t * t / ((2 * n) + 1);
                    sum += term;
                }

                return 0.5 - (density * sum);
            }

            double fraction = t;
            for (int n = 200; n >= 1; n--)
            {
                fraction = t + (n / fraction);
            }

            return double.IsInfinity(t) ? 0 : density / fraction;
        }
    }
}
