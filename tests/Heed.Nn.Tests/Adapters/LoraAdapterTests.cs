using Heed.Nn.Adapters;
using Heed.Nn.Losses;
using Heed.Nn.Norms;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Adapters;

public sealed class LoraAdapterTests
{
    private readonly Linear layer = new(6, 5, new SeededRandom(1));
    private readonly Tensor x = RandomTensor.Normal(2, new Shape(4, 6));

    [Fact]
    public void A_new_adapter_changes_no_bit()
    {
        float[] before = layer.Forward(x).ToArray();
        new LoraAdapter(layer, new LoraOptions(3, 6, 0.5f), new SeededRandom(3)).Attach();
        TensorAssert.SameBits(before, layer.Forward(x, new DropoutSource(4, 0)).Values, "the output");
    }

    [Theory]
    [InlineData(false, 2.0)]
    [InlineData(true, 3.464101615137755)] // 6 / sqrt(3)
    public void The_output_is_that_of_the_equation(bool stabilized, double scale)
    {
        LoraAdapter adapter = Trained(new LoraOptions(3, 6) { RankStabilized = stabilized });
        float[] plain = layer.Forward(x).ToArray();
        adapter.Attach();
        ReadOnlySpan<float> actual = layer.Forward(x).Values;
        for (int row = 0; row < 4; row++)
        {
            for (int output = 0; output < 5; output++)
            {
                double sum = plain[(row * 5) + output];
                for (int r = 0; r < 3; r++)
                {
                    for (int i = 0; i < 6; i++)
                    {
                        sum += scale * adapter.Up.Values[(output * 3) + r] * adapter.Down.Values[(r * 6) + i] * x.Values[(row * 6) + i];
                    }
                }

                Assert.Equal(sum, actual[(row * 5) + output], 1e-5);
            }
        }
    }

    [Fact]
    public void Merged_equals_unmerged_and_unmerging_restores_the_bits()
    {
        LoraAdapter adapter = Trained(new LoraOptions(2, 4));
        float[] weight = layer.Weight.ToArray();
        adapter.Attach();
        float[] unmerged = layer.Forward(x).ToArray();
        adapter.Merge();
        Assert.True(adapter.IsMerged);
        Assert.Null(layer.Adapter);
        TensorAssert.Close(unmerged, layer.Forward(x).Values, 1e-6, "merged");
        Assert.Throws<InvalidOperationException>(() => adapter.Merge());
        Assert.Throws<InvalidOperationException>(adapter.Attach);
        adapter.Unmerge();
        TensorAssert.SameBits(weight, layer.Weight.Values, "the weight");
        TensorAssert.SameBits(unmerged, layer.Forward(x).Values, "unmerged");
    }

    [Fact]
    public void A_merge_without_the_original_cannot_be_undone()
    {
        LoraAdapter adapter = Trained(new LoraOptions(2, 4));
        adapter.Merge(keepOriginal: false);
        Assert.Contains("without keeping", Assert.Throws<InvalidOperationException>(adapter.Unmerge).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences_with_dropout()
    {
        LoraAdapter adapter = Trained(new LoraOptions(3, 6, 0.3f));
        layer.Freeze();
        adapter.Attach();
        GradientCheck.Run(inputs => layer.Forward(inputs[0], new DropoutSource(6, 1)), [x, adapter.Down, adapter.Up]);
        Assert.All(layer.NamedParameters(), parameter => Assert.Null(parameter.Tensor.Gradient));
    }

    [Fact]
    public void Dropout_reaches_the_adapters_of_every_layer_of_a_stack()
    {
        var config = new TransformerLayerConfig { DModel = 4, NumHeads = 2, DFeedForward = 6 };
        var decoder = new TransformerDecoder(config, 1, new SeededRandom(7));
        Tensor input = RandomTensor.Normal(8, new Shape(3, 4)), memory = RandomTensor.Normal(9, new Shape(2, 4));
        var pattern = DecoderPattern.Between(Segments.FromLengths(3), Segments.FromLengths(2));
        Tensor Run(DropoutSource? dropout) => decoder.Forward(input, decoder.ProjectMemory(memory, dropout), pattern, caches: null, dropout);
        foreach ((string name, Module module) in decoder.NamedModules())
        {
            if (module is Linear linear)
            {
                var adapter = new LoraAdapter(linear, new LoraOptions(2, 4, 0.5f), new SeededRandom(10));
                RandomTensor.Normal(11, adapter.Up.Shape).Values.CopyTo(adapter.Up.MutableValues());
                adapter.Attach();
                Assert.False(Run(null).Values.SequenceEqual(Run(new DropoutSource(12, 0)).Values), name);
                adapter.Detach();
            }
        }
    }

    [Fact]
    public void A_layer_has_one_adapter_at_a_time()
    {
        LoraAdapter first = Trained(new LoraOptions(2, 4));
        LoraAdapter second = Trained(new LoraOptions(2, 4));
        first.Attach();
        Assert.Throws<InvalidOperationException>(second.Attach);
        second.Detach();
        Assert.True(first.IsAttached);
        first.Detach();
        second.Attach();
        Assert.True(second.IsAttached);
    }

    [Fact]
    public void A_matrix_of_another_size_cannot_be_shared()
    {
        Tensor down = Trained(new LoraOptions(2, 4)).Down;
        Assert.Throws<ArgumentException>(() => new LoraAdapter(layer, new LoraOptions(3, 4), null, down));
        Assert.Same(down, new LoraAdapter(layer, new LoraOptions(2, 4), null, down).Down);
    }

    [Fact]
    public void Frozen_parameters_receive_no_gradient_and_thawed_ones_do()
    {
        var norm = new LayerNorm(6);
        layer.Freeze();
        norm.Freeze();
        Backward();
        Assert.All(layer.NamedParameters().Concat(norm.NamedParameters()), parameter => Assert.Null(parameter.Tensor.Gradient));
        Assert.NotNull(x.Gradient);
        layer.Unfreeze();
        Backward();
        Assert.All(layer.NamedParameters(), parameter => Assert.NotNull(parameter.Tensor.Gradient));

        void Backward()
        {
            x.WithGradient().ClearGradient();
            using Tape tape = Tape.Begin();
            tape.Backward(new CrossEntropyLoss().Forward(norm.Forward(x), layer, new[] { 0, 1, 2, 3 }));
        }
    }

    [Fact]
    public void The_gradient_below_a_frozen_output_layer_is_the_same()
    {
        float[] Gradient()
        {
            x.WithGradient().ClearGradient();
            using Tape tape = Tape.Begin();
            tape.Backward(new CrossEntropyLoss().Forward(x, layer, new[] { 0, 1, 2, 3 }));
            return x.Gradient!.ToArray();
        }

        float[] trained = Gradient();
        layer.Freeze();
        TensorAssert.SameBits(trained, Gradient(), "the gradient");
    }

    private LoraAdapter Trained(LoraOptions options)
    {
        var adapter = new LoraAdapter(layer, options, new SeededRandom(3));
        RandomTensor.Normal(5, adapter.Up.Shape, 0.5f).Values.CopyTo(adapter.Up.MutableValues());
        return adapter;
    }
}
