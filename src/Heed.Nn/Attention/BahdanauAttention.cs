using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Additive attention: a small network scores each memory row against the query.</summary>
/// <remarks>
/// <para>score_j = v . tanh(W_s query + W_h memory_j); weights = softmax(scores); context = sum_j weights_j memory_j.
/// Bahdanau et al. 2015, section 3.1 and appendix A.1.2, without biases.</para>
/// <para>Softmax and average are those of <see cref="ScaledDotProductAttention"/>: the score stands in the first element of a
/// key, and a query of (1, 0, 0, ...) reads it. So sequences of any lengths need no padding.</para>
/// </remarks>
public sealed class BahdanauAttention : RecurrentAttention
{
    /// <summary>Creates a layer.</summary>
    /// <param name="querySize">The width of a query: a decoder's state.</param>
    /// <param name="memorySize">The width of a memory row: an encoder's output.</param>
    /// <param name="attentionSize">The width in which they are compared.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public BahdanauAttention(int querySize, int memorySize, int attentionSize, RandomSource? random)
    {
        QueryProjection = Child("query_proj", new Linear(querySize, attentionSize, random, bias: false));
        MemoryProjection = Child("memory_proj", new Linear(memorySize, attentionSize, random, bias: false));
        Score = Child("v", new Linear(attentionSize, 1, random, bias: false));
    }

    /// <summary>W_s.</summary>
    public Linear QueryProjection { get; }

    /// <summary>W_h.</summary>
    public Linear MemoryProjection { get; }

    /// <summary>v.</summary>
    public Linear Score { get; }

    /// <inheritdoc/>
    /// <remarks>Keys W_h memory, and values memory.</remarks>
    public override KeyValues Project(Tensor memory) => new(MemoryProjection.Forward(memory), memory);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor query, KeyValues memory, Segments sequences, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        (int[] rows, int[] owners) = RowsOf(sequences);
        Tensor compared = Ops.Add(Ops.Embedding(memory.Keys, rows), Ops.Embedding(QueryProjection.Forward(query), owners)); // [rows, attentionSize]
        Tensor scores = Score.Forward(Ops.Tanh(compared)); // [rows, 1]
        Tensor values = Ops.Embedding(memory.Values, rows); // [rows, memorySize]
        return Average(FirstElement(sequences.Count, values.Columns), Widen(scores, values.Columns), values, Segments.FromLengths(sequences.Lengths), recorder);
    }

    private static (int[] Rows, int[] Owners) RowsOf(Segments sequences)
    {
        var rows = new List<int>();
        var owners = new List<int>();
        for (int i = 0; i < sequences.Count; i++)
        {
            rows.AddRange(Enumerable.Range(sequences.Starts[i], sequences.Lengths[i]));
            owners.AddRange(Enumerable.Repeat(i, sequences.Lengths[i]));
        }

        return ([.. rows], [.. owners]);
    }

    private static Tensor FirstElement(int rows, int columns)
    {
        Tensor result = Tensor.Zeros(new Shape(rows, columns));
        Span<float> values = result.MutableValues();
        for (int row = 0; row < rows; row++)
        {
            values[row * columns] = 1;
        }

        return result;
    }

    private static Tensor Widen(Tensor scores, int columns) =>
        columns == 1 ? scores : Ops.Concat(1, scores, Tensor.Zeros(new Shape(scores.Rows, columns - 1)));
}
