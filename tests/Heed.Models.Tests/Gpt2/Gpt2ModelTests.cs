using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Gpt2;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Gpt2;

public sealed class Gpt2ModelTests
{
    private static readonly Gpt2Config Tiny = new() { VocabSize = 120, MaxLength = 48, DModel = 32, NumHeads = 4, NumLayers = 2 };

    [Fact]
    public void Agrees_with_transformers()
    {
        string folder = SharedFolder.PathOrSkip("golden/hf/gpt2");
        Gpt2Model model = Load(Path.Combine(folder, "model.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        int[] Integers(string name) => [.. expected.ReadInt64(name).Select(id => (int)id)];
        int[] ids = Integers("single.in.input_ids");
        int[] labels = [.. Integers("single.in.labels").Skip(1), -1]; // transformers shifts them itself
        var text = Segments.FromLengths(ids.Length);
        TensorAssert.Close(expected.ReadFloat32("single.out.logits"), model.Logits(ids, text).Values, 1e-5, "logits");
        TensorAssert.Close(expected.ReadFloat32("single.out.last_hidden_state"), model.States(ids, text).Values, 1e-5, "states");
        TensorAssert.Close(expected.ReadFloat32("single.out.loss"), model.Loss(ids, labels, text).Values, 1e-5, "loss");
    }

    [Fact]
    public void A_text_has_the_same_bits_alone_and_among_others()
    {
        var model = new Gpt2Model(Tiny, new SeededRandom(1));
        int[] ids = [.. Enumerable.Range(0, 30).Select(i => i * 37 % 120)];
        Tensor together = model.Logits(ids, Segments.FromLengths(7, 12, 11));
        Tensor alone = model.Logits(ids.AsMemory(7, 12), Segments.FromLengths(12));
        TensorAssert.SameBits(together.Values.Slice(7 * 120, 12 * 120), alone.Values, "logits");
    }

    [Fact]
    public void Weights_that_write_to_the_residual_stream_begin_narrower()
    {
        var model = new Gpt2Model(Tiny with { DModel = 128 }, new SeededRandom(2));
        Assert.Equal(0.02, Deviation(model.Blocks[1].FeedForward.Widening.Weight), 1e-3);
        Assert.Equal(0.01, Deviation(model.Blocks[1].FeedForward.Narrowing.Weight), 1e-3);
        Assert.Equal(0.01, Deviation(model.Blocks[0].Attention.OutputProjection.Weight), 1e-3);
        Assert.All(model.FinalNorm.Gain.ToArray(), gain => Assert.Equal(1, gain));
    }

    [Theory]
    [InlineData("dModel 30 is not divisible by numHeads 4")]
    [InlineData("maxLength is 0; it must be at least 1")]
    [InlineData("dropout is 1; a probability lies in [0, 1)")]
    public void Refuses_sizes_that_make_no_model(string message)
    {
        Gpt2Config config = message[..2] switch
        {
            "dM" => Tiny with { DModel = 30 },
            "ma" => Tiny with { MaxLength = 0 },
            _ => Tiny with { Dropout = 1 },
        };
        Assert.Contains(message, Assert.Throws<ConfigException>(() => new Gpt2Model(config, null)).Message);
    }

    [Fact]
    public void Refuses_texts_that_do_not_fit()
    {
        var model = new Gpt2Model(Tiny, null);
        Assert.Contains("text 1 has 49 tokens", Assert.Throws<ArgumentException>(() => model.States(new int[51], Segments.FromLengths(2, 49))).Message);
        Assert.Contains("cover 3 tokens, but 4", Assert.Throws<ArgumentException>(() => model.States(new int[4], Segments.FromLengths(3))).Message);
    }

    private static double Deviation(Tensor weight) => Math.Sqrt(weight.ToArray().Average(value => (double)value * value));

    // The published checkpoints store the weights of linear layers as [in, out].
    private static Gpt2Model Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var model = new Gpt2Model(Tiny, null);
        model.Load(file.Entries.ToDictionary(entry => entry.Name, entry =>
        {
            Tensor values = Tensor.From(file.ReadFloat32(entry.Name), new Shape([.. entry.Shape.Select(length => (int)length)]));
            return values.Shape.Rank == 2 && entry.Name.Contains(".c_", StringComparison.Ordinal) ? Ops.Permute(values, 1, 0) : values;
        }));
        return model;
    }
}
