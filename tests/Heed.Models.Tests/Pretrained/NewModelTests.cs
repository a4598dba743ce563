using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Pretrained;

public sealed class NewModelTests
{
    private static readonly NewModel Sizes = new() { Family = NewModelFamily.Gpt2, VocabSize = 300, DModel = 64, NumLayers = 8, NumHeads = 4, MaxLength = 32, EosId = 2, PadId = 1 };

    public static TheoryData<NewModelFamily> Families => [.. Enum.GetValues<NewModelFamily>()];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_new_model_is_saved_and_loaded_as_it_is(NewModelFamily family)
    {
        using var folder = new TemporaryFolder();
        PretrainedModel made = PretrainedModel.Create((Sizes with { Family = family }).ToConfig(), new SeededRandom(3));
        made.Save(folder.Path);
        var loaded = PretrainedModel.Load(folder.Path);
        Assert.Equal(made.Architecture, loaded.Architecture);
        Assert.Equal(made.Model.NamedParameters().Select(parameter => parameter.Name), loaded.Model.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(made.Model.NamedParameters().Select(parameter => parameter.Tensor.ToArray()), loaded.Model.NamedParameters().Select(parameter => parameter.Tensor.ToArray()));
    }

    [Fact]
    public void GPT2_begins_with_small_weights_and_smaller_ones_where_the_residual_stream_is_added_to()
    {
        PretrainedModel model = PretrainedModel.Create(Sizes.ToConfig(), new SeededRandom((ulong)RandomTensor.FreshSeed()));
        foreach ((string name, Heed.Tensors.Tensor tensor) in model.Model.NamedParameters())
        {
            bool residual = name.EndsWith("out_proj.weight", StringComparison.Ordinal) || name.EndsWith("fc2.weight", StringComparison.Ordinal);
            double expected = tensor.Shape.Rank > 1 ? 0.02 / (residual ? Math.Sqrt(2 * 8) : 1) : 0;
            Assert.Equal(expected, Deviation(tensor.ToArray()), 0.08 * expected);
        }
    }

    [Fact]
    public void T5_begins_so_that_unscaled_scores_have_variance_1()
    {
        PretrainedModel model = PretrainedModel.Create((Sizes with { Family = NewModelFamily.T5 }).ToConfig(), new SeededRandom((ulong)RandomTensor.FreshSeed()));
        double Of(string name) => Deviation(model.Model.NamedParameters().Single(parameter => parameter.Name == name).Tensor.ToArray());
        Assert.Equal(1, Of("shared.weight"), 0.05);
        Assert.Equal(1 / Math.Sqrt(64 * 16), Of("encoder.layers.0.self_attn.q_proj.weight"), 0.003);
        Assert.Equal(1 / Math.Sqrt(64), Of("decoder.layers.3.encoder_attn.k_proj.weight"), 0.01);
        Assert.Equal(1 / Math.Sqrt(192), Of("decoder.layers.3.down_proj.weight"), 0.006); // 8/3 of 64, rounded up to a multiple of 32
    }

    [Fact]
    public void Seeds_decide_the_weights()
    {
        float[] Weights(ulong seed) => PretrainedModel.Create(Sizes.ToConfig(), new SeededRandom(seed)).Model.NamedParameters()[0].Tensor.ToArray();
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        Assert.Equal("dModel 66 is not divisible by numHeads 4 (66 / 4 = 16.5)", Assert.Throws<ConfigException>((Sizes with { DModel = 66 }).Validate).Message);
        Assert.Equal("dModel 12 / numHeads 4 is 3, but rotary positions turn pairs of elements; make it even", Assert.Throws<ConfigException>((Sizes with { Family = NewModelFamily.Llama, DModel = 12 }).Validate).Message);
        Assert.Throws<ConfigException>((Sizes with { Dropout = 1 }).Validate);
    }

    private static double Deviation(float[] values) => values.All(value => value == values[0]) ? 0 : Math.Sqrt(values.Average(value => (double)value * value));
}
