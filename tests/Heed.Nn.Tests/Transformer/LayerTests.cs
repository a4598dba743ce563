using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Transformer;

public sealed class LayerTests
{
    [Theory]
    [GoldenData("encoder_layer_*")]
    public void Encoder_layer_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.src");
        var layer = new EncoderLayer(ConfigOf(file), null);
        var pattern = new AttentionPattern(Segments.Uniform(shape[0], shape[1]), Segments.Padded(shape[1], GoldenModule.Lengths(golden, "in.pad")));
        Tensor x = GoldenModule.Rows(golden, "in.src");
        GoldenModule.Check(golden, layer, () => layer.Forward(x, pattern), ("src", x));
    }

    [Theory]
    [GoldenData("decoder_layer_*")]
    public void Decoder_layer_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.tgt");
        var layer = new DecoderLayer(ConfigOf(file), null);
        var pattern = DecoderPattern.Between(Segments.Uniform(shape[0], shape[1]), Segments.Padded(golden.Shape("in.memory")[1], GoldenModule.Lengths(golden, "in.pad")));
        Tensor x = GoldenModule.Rows(golden, "in.tgt"), memory = GoldenModule.Rows(golden, "in.memory");
        GoldenModule.Check(golden, layer, () => layer.Forward(x, layer.CrossAttention.Project(memory), pattern), ("tgt", x), ("memory", memory));
    }

    [Theory]
    [InlineData(NormPlacement.PostNorm)]
    [InlineData(NormPlacement.PreNorm)]
    public void Gradients_pass_finite_differences_with_every_dropout(NormPlacement placement)
    {
        TransformerLayerConfig config = Small(placement) with { Dropout = 0.2f, AttentionDropout = 0.2f, ActivationDropout = 0.2f };
        var layer = new DecoderLayer(config, new SeededRandom(8));
        var pattern = DecoderPattern.Between(Segments.FromLengths(2, 3), Segments.FromLengths(4, 1));
        Tensor[] inputs = [RandomTensor.Normal(1, new Shape(5, 8)), RandomTensor.Normal(2, new Shape(5, 8)), .. layer.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => layer.Forward(x[0], layer.CrossAttention.Project(x[1]), pattern, dropout: new DropoutSource(9, 1)), inputs, step: 5e-3f);
    }

    [Theory]
    [InlineData(NormPlacement.PostNorm)]
    [InlineData(NormPlacement.PreNorm)]
    public void A_future_token_changes_nothing_before_it(NormPlacement placement)
    {
        var layer = new EncoderLayer(Small(placement), new SeededRandom(10));
        AttentionPattern pattern = AttentionPattern.CausalWithin(Segments.FromLengths(6));
        Tensor x = RandomTensor.Normal(11, new Shape(6, 8));
        float[] before = layer.Forward(x, pattern).RowRange(0, 4).ToArray();
        x.RowRange(4, 1).MutableValues().Fill(1234f);
        Tensor after = layer.Forward(x, pattern);
        TensorAssert.SameBits(before, after.RowRange(0, 4).Values, "tokens before the change");
    }

    [Fact]
    public void A_sequence_does_not_depend_on_its_neighbours()
    {
        var encoder = new TransformerEncoder(Small(NormPlacement.PreNorm), 2, new SeededRandom(12));
        Tensor x = RandomTensor.Normal(13, new Shape(9, 8));
        Tensor together = encoder.Forward(x, AttentionPattern.Within(Segments.FromLengths(2, 4, 3)));
        Tensor alone = encoder.Forward(x.RowRange(2, 4), AttentionPattern.Within(Segments.FromLengths(4)));
        TensorAssert.SameBits(alone.Values, together.RowRange(2, 4).Values, "the second of three sequences");
    }

    [Fact]
    public void Padding_rows_change_nothing()
    {
        var encoder = new TransformerEncoder(Small(NormPlacement.PostNorm), 2, new SeededRandom(14));
        Tensor x = RandomTensor.Normal(15, new Shape(10, 8));
        Tensor packed = encoder.Forward(Ops.Concat(0, x.RowRange(0, 3), x.RowRange(5, 4)), AttentionPattern.Within(Segments.FromLengths(3, 4)));
        Tensor padded = encoder.Forward(x, AttentionPattern.Within(Segments.Padded(5, 3, 4)));
        TensorAssert.SameBits(packed.RowRange(0, 3).Values, padded.RowRange(0, 3).Values, "the first sequence");
        TensorAssert.SameBits(packed.RowRange(3, 4).Values, padded.RowRange(5, 4).Values, "the second sequence");
    }

    [Fact]
    public void Only_pre_norm_stacks_normalise_at_the_end()
    {
        Assert.Null(new TransformerDecoder(Small(NormPlacement.PostNorm), 1, null).FinalNorm);
        Assert.Contains(new TransformerDecoder(Small(NormPlacement.PreNorm), 1, null).NamedParameters(), p => p.Name == "layer_norm.weight");
    }

    private static TransformerLayerConfig Small(NormPlacement placement) => new()
    {
        DModel = 8,
        NumHeads = 2,
        DFeedForward = 12,
        Activation = Activation.Gelu,
        NormPlacement = placement,
    };

    private static TransformerLayerConfig ConfigOf(string file) => new()
    {
        DModel = 24,
        NumHeads = 3,
        DFeedForward = 48,
        Activation = file.EndsWith("gelu", StringComparison.Ordinal) ? Activation.Gelu : Activation.Relu,
        NormPlacement = file.Contains("pre_norm", StringComparison.Ordinal) ? NormPlacement.PreNorm : NormPlacement.PostNorm,
    };
}
