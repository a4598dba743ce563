using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

/// <summary>What Bahdanau's and Luong's attention promise, over random lengths and numbers.</summary>
public sealed class RecurrentAttentionLawTests
{
    private const int Width = 6;

    private readonly int seed = RandomTensor.FreshSeed();

    public static TheoryData<string> Variants() => ["additive", "dot", "general"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_pass_finite_differences(string name)
    {
        RecurrentAttention attention = Create(name, 3);
        Tensor[] inputs = [RandomTensor.Normal(1, new Shape(2, Width)), RandomTensor.Normal(2, new Shape(5, Width)), .. attention.NamedParameters().Select(parameter => parameter.Tensor)];
        GradientCheck.Run(x => attention.Forward(x[0], attention.Project(x[1]), Segments.FromLengths(2, 3)), inputs);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Neighbours_and_padding_change_no_bit_and_memory_may_be_shared(string name)
    {
        var random = new System.Random(seed);
        for (int round = 0; round < 5; round++)
        {
            RecurrentAttention attention = Create(name, random.Next());
            int[] lengths = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 40))];
            int longest = lengths.Max() + 2;
            Tensor query = RandomTensor.Normal(random.Next(), new Shape(lengths.Length, Width));
            Tensor padded = RandomTensor.Normal(random.Next(), new Shape(lengths.Length * longest, Width));
            Segments sequences = Segments.Padded(longest, lengths);
            Tensor together = attention.Forward(query, attention.Project(padded), sequences);
            string what = $"{name}, seed {seed}, round {round}, lengths [{string.Join(',', lengths)}]";
            for (int i = 0; i < lengths.Length; i++)
            {
                Tensor one = attention.Forward(query.RowRange(i, 1), attention.Project(padded.RowRange(i * longest, lengths[i])), Segments.FromLengths(lengths[i]));
                TensorAssert.SameBits(one.Values, together.RowRange(i, 1).Values, $"{what}, sequence {i}");
            }

            int shared = random.Next(lengths.Length); // all queries look at one sentence, as the hypotheses of a beam do
            Segments beams = Segments.At(padded.Rows, [.. lengths.Select(_ => shared * longest)], [.. lengths.Select(_ => lengths[shared])]);
            Tensor beam = attention.Forward(query, attention.Project(padded), beams);
            TensorAssert.SameBits(together.RowRange(shared, 1).Values, beam.RowRange(shared, 1).Values, $"{what}, shared {shared}");
        }
    }

    [Fact]
    public void Dot_scores_are_dot_products()
    {
        LuongAttention attention = LuongAttention.Dot();
        Tensor query = RandomTensor.Normal(1, new Shape(1, Width)), memory = RandomTensor.Normal(2, new Shape(7, Width));
        var recorder = new AttentionRecorder();
        Tensor context = attention.Forward(query, attention.Project(memory), Segments.FromLengths(7), recorder);
        Tensor weights = Ops.Softmax(Ops.MatMul(query, memory, transposeB: true));
        TensorAssert.Close(weights.Values, recorder[attention][0, 0].Cast<float>().ToArray(), 1e-6, "weights");
        TensorAssert.Close(Ops.MatMul(weights, memory), context, 1e-6, "context");
    }

    [Fact]
    public void General_scores_have_a_matrix_between()
    {
        LuongAttention attention = LuongAttention.General(3, Width, new SeededRandom(1));
        Tensor query = RandomTensor.Normal(1, new Shape(1, 3)), memory = RandomTensor.Normal(2, new Shape(7, Width));
        Tensor scores = Ops.MatMul(Ops.MatMul(query, attention.QueryProjection!.Weight, transposeB: true), memory, transposeB: true);
        Tensor expected = Ops.MatMul(Ops.Softmax(scores), memory);
        TensorAssert.Close(expected, attention.Forward(query, attention.Project(memory), Segments.FromLengths(7)), 1e-6, "context");
    }

    private static RecurrentAttention Create(string name, int seed) => name switch
    {
        "additive" => new BahdanauAttention(Width, Width, 5, new SeededRandom((ulong)seed)),
        "dot" => LuongAttention.Dot(),
        _ => LuongAttention.General(Width, Width, new SeededRandom((ulong)seed)),
    };
}
