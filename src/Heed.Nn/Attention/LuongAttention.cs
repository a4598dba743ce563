using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Multiplicative attention: the dot product of the decoder's state and a memory row, with or without a learned matrix between them.</summary>
/// <remarks>
/// score_j = query . memory_j (dot) or query W memory_j (general); weights = softmax(scores); context = sum_j weights_j memory_j. Luong et al.
/// 2015, section 3.1. The query meets W first, once a step, so that memory rows serve as keys and values as they are.
/// </remarks>
public sealed class LuongAttention : RecurrentAttention
{
    private LuongAttention(Linear? queryProjection) =>
        QueryProjection = queryProjection is null ? null : Child("query_proj", queryProjection);

    /// <summary>W, [memorySize, querySize], or null in the dot form.</summary>
    public Linear? QueryProjection { get; }

    /// <summary>Creates the dot form: nothing to learn, and queries must be as wide as memory rows.</summary>
    public static LuongAttention Dot() => new(null);

    /// <summary>Creates the general form.</summary>
    /// <param name="querySize">The width of a query: a decoder's state.</param>
    /// <param name="memorySize">The width of a memory row: an encoder's output.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public static LuongAttention General(int querySize, int memorySize, RandomSource? random) => new(new Linear(querySize, memorySize, random, bias: false));

    /// <inheritdoc/>
    public override KeyValues Project(Tensor memory) => new(memory, memory);

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Queries and memory differ in width in the dot form.</exception>
    public override Tensor Forward(Tensor query, KeyValues memory, Segments sequences, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return Forward(query, memory, new AttentionPattern(Segments.Uniform(sequences.Count, 1), sequences), recorder);
    }

    /// <summary>Attends with any number of queries for each sequence: all steps of a decoder that does not wait for its attention.</summary>
    /// <param name="query">[query rows, querySize].</param>
    /// <param name="memory">Rows that are compared with the queries, and rows that are averaged, which are often the same.</param>
    /// <param name="pattern">Which queries see which rows.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>The context, [query rows, width of the values].</returns>
    /// <exception cref="ShapeException">Queries and memory differ in width in the dot form.</exception>
    public Tensor Forward(Tensor query, KeyValues memory, AttentionPattern pattern, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        AttentionSettings settings = pattern.ToSettings(numHeads: 1) with { Scale = 1f };
        return ScaledDotProductAttention.Forward(QueryProjection?.Forward(query) ?? query, memory.Keys, memory.Values, settings, recorder?.Record(this, settings));
    }
}
