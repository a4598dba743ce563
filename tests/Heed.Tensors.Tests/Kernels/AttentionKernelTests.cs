using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The tiled attention kernels against attention by its definition.</summary>
public sealed class AttentionKernelTests
{
    private readonly ReferenceDevice reference = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Agrees_with_the_reference_over_random_shapes(int threads)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        CpuDevice device = CpuDevice.Create(threads);
        for (int round = 0; round < 25; round++)
        {
            int headDim = new[] { 1, 3, 8, 16, 17, 33, 64, 270 }[random.Next(8)];
            int keyHeads = random.Next(1, 3);
            int numHeads = keyHeads * random.Next(1, 3);
            int sequences = random.Next(1, 5);
            int[] queryLengths = Enumerable.Range(0, sequences).Select(_ => random.Next(3) == 0 ? random.Next(90, 210) : random.Next(0, 20)).ToArray();
            bool causal = random.Next(2) == 0;
            int[] keyLengths = queryLengths.Select(n => causal && random.Next(2) == 0 ? n : random.Next(0, 230)).ToArray();
            bool padded = random.Next(2) == 0;
            var settings = new AttentionSettings
            {
                NumHeads = numHeads,
                Queries = padded ? Segments.Padded(210, queryLengths) : Segments.FromLengths(queryLengths),
                Keys = padded ? Segments.Padded(230, keyLengths) : Segments.FromLengths(keyLengths),
                Causal = causal,
                Window = random.Next(2) == 0 ? null : random.Next(1, 120),
                DistanceBias = random.Next(2) == 0 ? null : RandomTensor.Normal(random.Next(), new Shape(numHeads, 2 * random.Next(230, 240) + 1)).WithGradient(),
                Dropout = random.Next(2) == 0 ? 0 : 0.25f,
                DropoutKey = (ulong)random.Next(),
            };
            if (settings.Dropout > 0 && random.Next(2) == 0)
            {
                settings = settings with { DropoutFactors = DrawFactors(settings, random) };
            }

            string what = $"seed {seed}, round {round}: heads {numHeads}/{keyHeads} of {headDim}, queries [{string.Join(',', queryLengths)}], keys [{string.Join(',', keyLengths)}], causal {causal}, window {settings.Window}, bias {settings.DistanceBias?.Shape}, dropout {settings.Dropout} {(settings.DropoutFactors is null ? "by key" : "drawn")}";
            Compare(device, settings, headDim, keyHeads, random, what);
        }
    }

    [Fact]
    public void Weights_are_those_of_the_definition_and_only_visible_keys_count()
    {
        var settings = new AttentionSettings { NumHeads = 2, Queries = Segments.FromLengths(130, 4), Keys = Segments.FromLengths(140, 4), Causal = true };
        Tensor query = RandomTensor.Normal(1, new Shape(134, 16));
        Tensor key = RandomTensor.Normal(2, new Shape(144, 16));
        Tensor value = RandomTensor.Normal(3, new Shape(144, 16));
        var expected = new AttentionWeights(settings);
        var actual = new AttentionWeights(settings);
        Forward(reference, query, key, value, settings, expected);
        Forward(CpuDevice.Create(2), query, key, value, settings, actual);
        for (int sequence = 0; sequence < 2; sequence++)
        {
            for (int head = 0; head < 2; head++)
            {
                TensorAssert.Close(Flat(expected[sequence, head]), Flat(actual[sequence, head]), 1e-5, $"weights {sequence} {head}");
            }
        }

        Assert.Equal(0f, actual[1, 0][0, 1]);
    }

    [Theory]
    [InlineData(3, 3, 24, null, false)]
    [InlineData(3, 3, 24, 100, false)]
    [InlineData(3, 3, 24, null, true)]
    [InlineData(3, 3, 24, 20, true)]
    [InlineData(4, 2, 64, null, false)]
    [InlineData(2, 1, 80, 7, false)]
    [InlineData(2, 2, 5, null, false)]
    [InlineData(1, 1, 300, null, false)]
    public void One_query_with_a_scattered_cache_has_the_bits_of_the_whole_sequence(int numHeads, int keyHeads, int headDim, int? window, bool biased)
    {
        const int length = 215;
        int width = numHeads * headDim;
        Tensor query = RandomTensor.Normal(4, new Shape(length, width));
        Tensor key = RandomTensor.Normal(5, new Shape(length, keyHeads * headDim));
        Tensor value = RandomTensor.Normal(6, key.Shape);
        CpuDevice device = CpuDevice.Create(2);
        Tensor? bias = biased ? RandomTensor.Normal(8, new Shape(numHeads, (2 * length) - 1)) : null;
        var whole = new AttentionSettings { NumHeads = numHeads, Queries = Segments.FromLengths(length), Keys = Segments.FromLengths(length), Causal = true, Window = window, DistanceBias = bias };
        (Tensor expected, Tensor expectedNormalizer) = Forward(device, query, key, value, whole, null);

        int[] rows = [.. Enumerable.Range(0, length)];
        new System.Random(7).Shuffle(rows);
        Tensor scatteredKeys = Scatter(key, rows);
        Tensor scatteredValues = Scatter(value, rows);
        foreach (int position in new[] { 0, 1, 15, 30, 95, 96, 97, 200, length - 1 })
        {
            AttentionSettings step = whole with { Queries = Segments.FromLengths(1), Keys = Segments.At(length, [0], [position + 1]), KeyRows = rows };
            Tensor one = Tensor.From(query.Values.Slice(position * width, width), new Shape(1, width));
            (Tensor actual, Tensor actualNormalizer) = Forward(device, one, scatteredKeys, scatteredValues, step, null);
            TensorAssert.SameBits(expected.Values.Slice(position * width, width), actual.Values, $"position {position}");
            for (int head = 0; head < numHeads; head++)
            {
                Assert.Equal(expectedNormalizer.Values[(head * length) + position], actualNormalizer.Values[head]);
            }
        }
    }

    [Theory]
    [InlineData(true, null, 64)]
    [InlineData(false, null, 64)]
    [InlineData(true, 100, 20)]
    [InlineData(false, 30, 3)]
    [InlineData(true, null, 270)]
    public void Few_queries_have_the_bits_of_the_whole_sequence(bool causal, int? window, int headDim)
    {
        const int length = 205, numHeads = 2;
        int width = numHeads * headDim;
        Tensor query = RandomTensor.Normal(10, new Shape(length, width));
        Tensor key = RandomTensor.Normal(11, query.Shape);
        Tensor value = RandomTensor.Normal(12, query.Shape);
        CpuDevice device = CpuDevice.Create(2);
        var whole = new AttentionSettings { NumHeads = numHeads, Queries = Segments.FromLengths(length), Keys = Segments.FromLengths(length), Causal = causal, Window = window };
        (Tensor expected, _) = Forward(device, query, key, value, whole, null);
        for (int count = 1; count <= 33; count += count < 10 ? 1 : 23)
        {
            Tensor last = Tensor.From(query.Values[((length - count) * width)..], new Shape(count, width));
            (Tensor actual, _) = Forward(device, last, key, value, whole with { Queries = Segments.FromLengths(count) }, null);
            TensorAssert.SameBits(expected.Values[((length - count) * width)..], actual.Values, $"the last {count} queries");
        }
    }

    [Fact]
    public void A_long_sequence_takes_no_memory_for_its_square()
    {
        const int length = 2048, headDim = 16;
        Tensor x = RandomTensor.Normal(13, new Shape(length, headDim));
        var settings = new AttentionSettings { NumHeads = 1, Queries = Segments.FromLengths(length), Keys = Segments.FromLengths(length), Causal = true };
        CpuDevice device = CpuDevice.Create(1);
        Tensor context = Tensor.Zeros(x.Shape), normalizer = Tensor.Zeros(new Shape(1, length));
        Tensor[] gradients = [Tensor.Zeros(x.Shape), Tensor.Zeros(x.Shape), Tensor.Zeros(x.Shape)];
        BufferPool.Trim();
        long before = GC.GetAllocatedBytesForCurrentThread();
        device.Attention(x, x, x, settings, context, normalizer, null);
        device.AttentionBackward(x, x, x, settings, context, normalizer, x, gradients[0], gradients[1], gradients[2], null);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < 4 << 20, $"{taken} bytes, where the scores alone would be {4L * length * length}");
    }

    [Fact]
    public void A_query_of_a_cache_without_rows_gets_zeros()
    {
        Tensor keys = RandomTensor.Normal(8, new Shape(3, 32));
        var step = new AttentionSettings { NumHeads = 2, Queries = Segments.FromLengths(1, 1), Keys = Segments.At(3, [0, 1], [0, 2]), KeyRows = [2, 0, 1] };
        (Tensor context, Tensor normalizer) = Forward(CpuDevice.Create(2), RandomTensor.Normal(9, new Shape(2, 32)), keys, keys, step, null);
        Assert.All(context.Values[..32].ToArray(), x => Assert.Equal(0f, x));
        Assert.Equal(0f, normalizer.Values[0]);
        Assert.NotEqual(0f, context.Values[32]);
    }

    private void Compare(CpuDevice device, AttentionSettings settings, int headDim, int keyHeads, System.Random random, string what)
    {
        Tensor query = RandomTensor.Normal(random.Next(), new Shape(settings.Queries.Rows, settings.NumHeads * headDim));
        Tensor key = RandomTensor.Normal(random.Next(), new Shape(settings.Keys.Rows, keyHeads * headDim));
        Tensor value = RandomTensor.Normal(random.Next(), key.Shape);
        Tensor upstream = RandomTensor.Normal(random.Next(), query.Shape);
        (Tensor expected, Tensor expectedNormalizer) = Forward(reference, query, key, value, settings, null);
        (Tensor actual, Tensor actualNormalizer) = Forward(device, query, key, value, settings, null);
        TensorAssert.Close(expected, actual, 2e-5, what);
        TensorAssert.Close(expectedNormalizer, actualNormalizer, 2e-5, what + ", normalizer");

        Tensor[] expectedGradients = Backward(reference, query, key, value, settings, expected, expectedNormalizer, upstream);
        Tensor[] actualGradients = Backward(device, query, key, value, settings, expected, expectedNormalizer, upstream);
        for (int i = 0; i < expectedGradients.Length; i++)
        {
            // With one key in sight all but the gradient of the values are exactly 0: the dot products of dContext with the value and with the
            // context, several units large, cancel. The gradient of a bias sums that over up to 200 queries.
            TensorAssert.Close(expectedGradients[i], actualGradients[i], 5e-5, $"{what}, gradient of {new[] { "query", "key", "value", "bias" }[i]}", floor: i == 3 ? 1 : 0.1);
        }
    }

    private static (Tensor Context, Tensor Normalizer) Forward(Device device, Tensor query, Tensor key, Tensor value, AttentionSettings settings, AttentionWeights? weights)
    {
        Tensor context = Tensor.Full(query.Shape, float.NaN);
        Tensor normalizer = Tensor.Zeros(new Shape(settings.NumHeads, query.Rows));
        device.Attention(query, key, value, settings, context, normalizer, weights);
        return (context, normalizer);
    }

    private static Tensor[] Backward(Device device, Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor normalizer, Tensor upstream)
    {
        Tensor[] gradients = [Tensor.Full(query.Shape, float.NaN), Tensor.Full(key.Shape, float.NaN), Tensor.Full(key.Shape, float.NaN)];
        Tensor? dBias = settings.DistanceBias is { } bias ? Tensor.Full(bias.Shape, float.NaN) : null;
        device.AttentionBackward(query, key, value, settings, context, normalizer, upstream, gradients[0], gradients[1], gradients[2], dBias);
        return dBias is null ? gradients : [.. gradients, dBias];
    }

    private static AttentionWeights DrawFactors(AttentionSettings settings, System.Random random)
    {
        var factors = new AttentionWeights(settings);
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < settings.NumHeads; head++)
            {
                float[,] map = factors[sequence, head];
                for (int i = 0; i < map.Length; i++)
                {
                    map[i / map.GetLength(1), i % map.GetLength(1)] = random.Next(2) * 1.25f;
                }
            }
        }

        return factors;
    }

    private static Tensor Scatter(Tensor x, int[] rows)
    {
        Tensor y = Tensor.Zeros(x.Shape);
        for (int i = 0; i < rows.Length; i++)
        {
            x.Values.Slice(i * x.Columns, x.Columns).CopyTo(y.MutableValues().Slice(rows[i] * x.Columns, x.Columns));
        }

        return y;
    }

    private static float[] Flat(float[,] map) => [.. map.Cast<float>()];
}
