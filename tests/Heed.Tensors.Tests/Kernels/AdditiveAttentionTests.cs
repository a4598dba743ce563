using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Additive attention against its definition.</summary>
public sealed class AdditiveAttentionTests
{
    [Fact]
    public void Agrees_with_the_reference_over_random_shapes()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        for (int round = 0; round < 30; round++)
        {
            var sizes = new Sizes(Pick(random, 1, 3, 16, 17, 40, 130), Pick(random, 1, 2, 16, 33, 70), Rows(random), random.Next());
            string what = $"seed {seed}, round {round}: width {sizes.Attention} of keys, {sizes.Memory} of values, starts [{string.Join(',', sizes.Rows.Starts.ToArray())}], lengths [{string.Join(',', sizes.Rows.Lengths.ToArray())}]";
            Tensor[] expected = Run(KernelCheck.Reference, sizes);
            foreach (int threads in (int[])[1, 2, 3])
            {
                Tensor[] actual = Run(CpuDevice.Create(threads), sizes);
                for (int i = 0; i < expected.Length; i++)
                {
                    TensorAssert.Close(expected[i], actual[i], 2e-5, $"{what}, {threads} threads, result {i}", floor: 1);
                }
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var sizes = new Sizes(64, 128, Segments.FromLengths([.. Enumerable.Range(0, 150).Select(i => i % 23)]), 5);
        Tensor[] one = Run(CpuDevice.Create(1), sizes);
        Tensor[] three = Run(CpuDevice.Create(3), sizes);
        for (int i = 0; i < one.Length; i++)
        {
            TensorAssert.SameBits(one[i].Values, three[i].Values, $"result {i}");
        }
    }

    [Fact]
    public void Gradients_pass_finite_differences() =>
        GradientCheck.Run(
            x => Heed.Tensors.Ops.AdditiveAttention(x[0], x[1], x[2], x[3], Segments.FromLengths(2, 0, 3)),
            [RandomTensor.Normal(1, new Shape(3, 4)), RandomTensor.Normal(2, new Shape(5, 4)), RandomTensor.Normal(3, new Shape(4)), RandomTensor.Normal(4, new Shape(5, 6))]);

    [Theory]
    [InlineData(3, 4, 4, 5, "differ in attentionSize")]
    [InlineData(2, 4, 4, 5, "do not fit")]
    [InlineData(3, 4, 5, 5, "differ in attentionSize")]
    [InlineData(3, 4, 4, 4, "do not fit")]
    public void Shapes_that_do_not_fit_are_refused(int queries, int attention, int score, int rows, string expected)
    {
        attention = expected == "differ in attentionSize" && score == 4 ? attention + 1 : attention;
        ShapeException error = Assert.Throws<ShapeException>(() => Heed.Tensors.Ops.AdditiveAttention(
            Tensor.Zeros(new Shape(queries, attention)), Tensor.Zeros(new Shape(rows, 4)), Tensor.Zeros(new Shape(score)), Tensor.Zeros(new Shape(rows, 2)), Segments.FromLengths(2, 0, 3)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Tensor[] Run(Device device, Sizes sizes)
    {
        int count = sizes.Rows.Count;
        int rows = sizes.Rows.Rows;
        var shape = new AdditiveAttentionShape(sizes.Rows);
        Tensor query = KernelCheck.Random(sizes.Seed, new Shape(count, sizes.Attention)), keys = KernelCheck.Random(sizes.Seed + 1, new Shape(rows, sizes.Attention));
        Tensor score = KernelCheck.Random(sizes.Seed + 2, new Shape(sizes.Attention)), values = KernelCheck.Random(sizes.Seed + 3, new Shape(rows, sizes.Memory));
        Tensor upstream = KernelCheck.Random(sizes.Seed + 4, new Shape(count, sizes.Memory));
        Tensor weights = Tensor.Full(new Shape(shape.Weights), float.NaN), context = Tensor.Full(upstream.Shape, float.NaN), dQuery = Tensor.Full(query.Shape, float.NaN);
        Tensor dKeys = Tensor.Full(keys.Shape, 0.5f), dScore = Tensor.Full(score.Shape, 0.5f), dValues = Tensor.Full(values.Shape, 0.5f);
        device.AdditiveAttention(query, keys, score, values, shape, weights, context);
        device.AdditiveAttentionBackward(query, keys, score, values, shape, weights, upstream, dQuery, dKeys, dScore, dValues);
        return [weights, context, dQuery, dKeys, dScore, dValues];
    }

    // Sequences of their own, padded ones, and ones that several queries share.
    private static Segments Rows(System.Random random)
    {
        int[] lengths = [.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => random.Next(12))];
        return random.Next(3) switch
        {
            0 => Segments.FromLengths(lengths),
            1 => Segments.Padded(12, lengths),
            _ => Segments.At(40, [.. lengths.Select(length => random.Next(40 - length))], lengths),
        };
    }

    private static int Pick(System.Random random, params int[] values) => values[random.Next(values.Length)];

    private sealed record Sizes(int Attention, int Memory, Segments Rows, int Seed);
}
