using Heed.Nn.Recurrent;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Recurrent;

public sealed class RecurrentStackTests
{
    public static TheoryData<RecurrentCellKind> Kinds => [.. Enum.GetValues<RecurrentCellKind>()];

    [Theory]
    [GoldenData("rnn_*")]
    [GoldenData("lstm_*")]
    [GoldenData("gru_*")]
    public void Agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.x"); // [batch, time, features]
        bool twoLayers = file.EndsWith("2layer_bidirectional", StringComparison.Ordinal);
        RecurrentCellKind kind = Enum.Parse<RecurrentCellKind>(file.Split('_')[0], ignoreCase: true);
        var stack = new RecurrentStack(kind, shape[2], golden.Shape("out.h")[2], twoLayers ? 2 : 1, null, bidirectional: twoLayers);
        Segments segments = Segments.Uniform(shape[0], shape[1]);
        Tensor x = GoldenModule.Rows(golden, "in.x");
        GoldenModule.Check(golden, stack, () => stack.Forward(x, segments).Outputs, ("x", x));

        IReadOnlyList<RecurrentState> finals = stack.Forward(x, segments).Finals;
        TensorAssert.Close(golden["out.h"].Values, [.. finals.SelectMany(state => state.Hidden.ToArray())], 2e-5, "final hidden states");
        if (golden.Has("out.c"))
        {
            TensorAssert.Close(golden["out.c"].Values, [.. finals.SelectMany(state => state.Cell!.ToArray())], 2e-5, "final cells");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sequences_of_different_lengths_do_not_see_each_other_or_padding(RecurrentCellKind kind)
    {
        var stack = new RecurrentStack(kind, 4, 5, 2, new SeededRandom(1), bidirectional: true);
        Tensor x = RandomTensor.Normal(2, new Shape(12, 4));
        int[] lengths = [2, 4, 0, 3];
        (Tensor packed, IReadOnlyList<RecurrentState> finals) = stack.Forward(Ops.Embedding(x, new[] { 0, 1, 3, 4, 5, 6, 9, 10, 11 }), Segments.FromLengths(lengths));
        Segments spread = Segments.At(12, [0, 3, 7, 9], lengths);
        Tensor padded = stack.Forward(x, spread).Outputs;
        int row = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            (Tensor alone, IReadOnlyList<RecurrentState> final) = stack.Forward(x.RowRange(spread.Starts[i], lengths[i]), Segments.FromLengths(lengths[i]));
            TensorAssert.SameBits(alone.Values, packed.RowRange(row, lengths[i]).Values, $"packed sequence {i}");
            TensorAssert.SameBits(alone.Values, padded.RowRange(spread.Starts[i], lengths[i]).Values, $"padded sequence {i}");
            for (int layer = 0; layer < final.Count; layer++)
            {
                TensorAssert.SameBits(final[layer].Hidden.Values, finals[layer].Hidden.RowRange(i, 1).Values, $"final state of sequence {i}, layer {layer}");
            }

            row += lengths[i];
        }

        Assert.All(padded.RowRange(8, 1).ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stepping_gives_the_bits_of_reading_at_once(RecurrentCellKind kind)
    {
        var stack = new RecurrentStack(kind, 4, 5, 2, new SeededRandom(3));
        Tensor x = RandomTensor.Normal(4, new Shape(3, 4));
        Tensor expected = stack.Forward(x, Segments.FromLengths(3)).Outputs;
        IReadOnlyList<RecurrentState> states = [.. stack.Layers.Select(layer => layer.Cell.InitialState(1))];
        for (int t = 0; t < 3; t++)
        {
            (Tensor output, states) = stack.Step(x.RowRange(t, 1), states);
            TensorAssert.SameBits(expected.RowRange(t, 1).Values, output.Values, $"token {t}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_pass_finite_differences_with_initial_states_and_dropout(RecurrentCellKind kind)
    {
        var stack = new RecurrentStack(kind, 3, 4, 2, new SeededRandom(5), dropout: 0.3f);
        Segments segments = Segments.FromLengths(1, 3);
        Tensor[] inputs = [RandomTensor.Normal(6, new Shape(4, 3)), RandomTensor.Normal(7, new Shape(2, 4)), .. stack.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(
            x =>
            {
                RecurrentState initial = stack.Layers[0].Cell.InitialState(2) with { Hidden = x[1] };
                (Tensor outputs, IReadOnlyList<RecurrentState> finals) = stack.Forward(x[0], segments, [initial, initial], new DropoutSource(8, 0));
                return Ops.Concat(0, outputs, finals[0].Hidden, finals[1].Cell ?? finals[1].Hidden);
            },
            inputs);
    }

    [Fact]
    public void A_bidirectional_stack_refuses_to_step()
    {
        var stack = new RecurrentStack(RecurrentCellKind.Gru, 2, 2, 1, null, bidirectional: true);
        Assert.Throws<InvalidOperationException>(() => stack.Step(Tensor.Zeros(new Shape(1, 2)), []));
    }
}
