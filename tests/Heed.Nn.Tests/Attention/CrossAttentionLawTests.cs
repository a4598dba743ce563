using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

/// <summary>What attention from one text to another promises, over random lengths and numbers. All of the memory is seen, so there is no future in it.</summary>
public sealed class CrossAttentionLawTests
{
    private const int Width = 12;
    private const int MemoryWidth = 8;

    private readonly int seed = RandomTensor.FreshSeed();

    public static TheoryData<string> Variants() => ["split heads", "grouped queries"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_pass_finite_differences(string name)
    {
        MultiHeadAttention attention = Create(name, 3, dropout: 0.2f);
        Tensor[] inputs = [RandomTensor.Normal(1, new Shape(4, Width)), RandomTensor.Normal(2, new Shape(5, MemoryWidth)), .. attention.NamedParameters().Select(parameter => parameter.Tensor)];
        AttentionPattern pattern = CrossAttention.Pattern(Segments.FromLengths(1, 3), Segments.FromLengths(3, 2));
        GradientCheck.Run(x => attention.Forward(x[0], x[1], pattern, new DropoutSource(7, 0)), inputs);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Neighbours_and_padding_on_either_side_and_a_kept_memory_change_no_bit(string name)
    {
        for (int round = 0; round < 4; round++)
        {
            var random = new System.Random(seed + round);
            MultiHeadAttention attention = Create(name, random.Next());
            int count = random.Next(1, 5);
            int[] queries = Lengths(), memories = Lengths();
            Segments queryRows = Segments.Padded(queries.Max() + random.Next(3), queries), memoryRows = Segments.Padded(memories.Max() + random.Next(3), memories);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(queryRows.Rows, Width)), memory = RandomTensor.Normal(random.Next(), new Shape(memoryRows.Rows, MemoryWidth));
            Tensor together = attention.Forward(x, memory, CrossAttention.Pattern(queryRows, memoryRows));
            for (int i = 0; i < count; i++)
            {
                Tensor mine = x.RowRange(queryRows.Starts[i], queries[i]), looked = memory.RowRange(memoryRows.Starts[i], memories[i]);
                string what = $"{name}, seed {seed}, round {round}, sequence {i}, queries [{string.Join(',', queries)}], memories [{string.Join(',', memories)}]";
                Tensor alone = attention.Forward(mine, looked, CrossAttention.Pattern(Segments.FromLengths(queries[i]), Segments.FromLengths(memories[i])));
                TensorAssert.SameBits(alone.Values, together.RowRange(queryRows.Starts[i], queries[i]).Values, what);

                KeyValues kept = attention.Project(looked); // as a decoder keeps it, asking with one token at a time
                for (int row = 0; row < queries[i]; row++)
                {
                    Tensor asked = attention.Attend(mine.RowRange(row, 1), kept, CrossAttention.Pattern(Segments.FromLengths(1), Segments.FromLengths(memories[i])));
                    TensorAssert.SameBits(alone.RowRange(row, 1).Values, asked.Values, $"{what}, query {row}");
                }
            }

            int[] Lengths() => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, random.Next(5) == 0 ? 90 : 10))];
        }
    }

    private static MultiHeadAttention Create(string name, int seed, float dropout = 0f) =>
        new(new MultiHeadAttentionConfig { DModel = Width, MemorySize = MemoryWidth, NumHeads = 4, NumKeyHeads = name == "split heads" ? null : 2, Dropout = dropout }, new SeededRandom((ulong)seed));
}
