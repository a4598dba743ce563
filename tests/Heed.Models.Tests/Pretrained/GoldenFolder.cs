using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Pretrained;

/// <summary>A tiny published checkpoint, and what Hugging Face's library computed with it: see <c>README.md</c> beside the folders.</summary>
internal sealed class GoldenFolder : IDisposable
{
    public const int MaxNewTokens = 12;
    public const int NumBeams = 4;

    public GoldenFolder(string name)
    {
        Path = SharedFolder.PathOrSkip($"golden/hf/{name}");
        Expected = SafetensorsFile.Open(System.IO.Path.Combine(Path, "expected.safetensors"));
        Loaded = PretrainedModel.Load(Path);
    }

    public string Path { get; }

    public SafetensorsFile Expected { get; }

    public PretrainedModel Loaded { get; }

    public void Dispose() => Expected.Dispose();

    /// <summary>The ids of a case without padding, and where in the padded rows they stand.</summary>
    public PaddedBatch Batch(string name) => new(Expected, $"{name}.in.input_ids", $"{name}.in.attention_mask");

    /// <summary>Asserts that packed rows equal the unpadded rows of a stored [batch, time, width], within 1e-4.</summary>
    public void AssertRows(string tensor, PaddedBatch batch, ReadOnlySpan<float> packed)
    {
        float[] expected = Expected.ReadFloat32(tensor);
        int width = (int)Expected[tensor].Shape[^1];
        Assert.Equal(batch.Rows.Length * width, packed.Length);
        for (int row = 0; row < batch.Rows.Length; row++)
        {
            AssertClose(expected.AsSpan(batch.Rows[row] * width, width), packed.Slice(row * width, width), $"{tensor}, row {row}");
        }
    }

    /// <summary>Asserts that all heads' weights equal those stored in [batch, head, query, key], within 1e-4.</summary>
    public void AssertWeights(string tensor, PaddedBatch queries, PaddedBatch keys, AttentionWeights weights)
    {
        for (int sequence = 0; sequence < queries.Count; sequence++)
        {
            for (int head = 0; head < weights.NumHeads; head++)
            {
                AssertWeights(tensor, queries, keys, sequence, head, weights[sequence, head]);
            }
        }
    }

    /// <summary>Saves the model and loads it again: the same parameters, and the same settings of generation.</summary>
    public PretrainedModel SaveAndLoad(string folder, long maxShardBytes = long.MaxValue)
    {
        Loaded.Save(folder, maxShardBytes: maxShardBytes);
        PretrainedModel again = PretrainedModel.Load(folder);
        Assert.Equal(Loaded.Generation, again.Generation);
        foreach ((NamedParameter expected, NamedParameter actual) in Loaded.Model.NamedParameters().Zip(again.Model.NamedParameters()))
        {
            Assert.Equal(expected.Name, actual.Name);
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }

        return again;
    }

    /// <summary>Asserts that one head's weights equal those stored in [batch, head, query, key], within 1e-4.</summary>
    private void AssertWeights(string tensor, PaddedBatch queries, PaddedBatch keys, int sequence, int head, float[,] weights)
    {
        float[] expected = Expected.ReadFloat32(tensor);
        int[] shape = [.. Expected[tensor].Shape.Select(size => (int)size)];
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
            {
                int at = (((((sequence * shape[1]) + head) * shape[2]) + queries.First(sequence) + i) * shape[3]) + keys.First(sequence) + j;
                Assert.True(Math.Abs(expected[at] - weights[i, j]) <= 1e-4, $"{tensor}: sequence {sequence}, head {head}, [{i}, {j}] is {weights[i, j]}, expected {expected[at]}");
            }
        }
    }

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4, $"{what}: element {i} is {actual[i]:G9}, expected {expected[i]:G9}");
        }
    }
}
