using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;

namespace Heed.Tensors;

/// <content>Additive attention.</content>
public static partial class Ops
{
    /// <summary>Additive attention of one query for each sequence, as one operation.</summary>
    /// <param name="query">The projected queries, [sequences, attentionSize].</param>
    /// <param name="keys">The projected memory, [rows, attentionSize].</param>
    /// <param name="score">v, with attentionSize elements in any shape.</param>
    /// <param name="values">What is averaged, [rows, memorySize].</param>
    /// <param name="sequences">The rows of each query; several queries may share rows.</param>
    /// <param name="recorded">Receives the attention weights when not null.</param>
    /// <returns>The context, [sequences, memorySize]; zeros for a query without rows.</returns>
    /// <remarks>
    /// score_j = v . tanh(query + keys_j); weights = softmax(scores); context = sum_j weights_j values_j. Bahdanau et al. 2015, section 3.1
    /// and appendix A.1.2. The backward pass keeps the weights and computes the tanh again.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit each other or the sequences.</exception>
    public static Tensor AdditiveAttention(Tensor query, Tensor keys, Tensor score, Tensor values, Segments sequences, AttentionWeights? recorded = null)
    {
        GuardAdditive(query, keys, score, values, sequences);
        var shape = new AdditiveAttentionShape(sequences);
        Tensor weights = Tensor.Uninitialized(new Shape(shape.Weights), query.Device);
        Tensor context = Tensor.Uninitialized(new Shape(sequences.Count, values.Columns), query.Device);
        query.Device.AdditiveAttention(query, keys, score, values, shape, weights, context);
        if (recorded is not null)
        {
            CopyWeights(weights, shape, recorded);
        }

        if (Tape.Records(query, keys, score, values))
        {
            Tape.Record(context, (query, keys, score, values, shape, weights), static (saved, dContext) =>
            {
                (Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights) = saved;
                Tensor dQuery = Tensor.GradientLike(query);
                query.Device.AdditiveAttentionBackward(query, keys, score, values, shape, weights, dContext, dQuery, ZeroedTarget(keys), ZeroedTarget(score), ZeroedTarget(values));
                query.AddGradient(dQuery);
            });
        }

        return context;
    }

    private static void CopyWeights(Tensor weights, AdditiveAttentionShape shape, AttentionWeights recorded)
    {
        for (int i = 0; i < shape.Rows.Count; i++)
        {
            float[,] map = recorded[i, 0];
            for (int j = 0; j < shape.Rows.Lengths[i]; j++)
            {
                map[0, j] = weights.Values[shape.Offsets[i] + j];
            }
        }
    }

    private static void GuardAdditive(Tensor query, Tensor keys, Tensor score, Tensor values, Segments sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ShapeGuard.Rank(nameof(AdditiveAttention), query, 2, "queries [sequences, attentionSize]");
        ShapeGuard.Rank(nameof(AdditiveAttention), keys, 2, "keys [rows, attentionSize]");
        ShapeGuard.Rank(nameof(AdditiveAttention), values, 2, "values [rows, memorySize]");
        if (query.Columns != keys.Columns || score.Count != keys.Columns)
        {
            throw new ShapeException($"AdditiveAttention: queries {query.Shape}, keys {keys.Shape} and v {score.Shape} differ in attentionSize");
        }

        if (query.Shape[0] != sequences.Count || keys.Shape[0] != values.Shape[0] || sequences.Rows > keys.Shape[0])
        {
            throw new ShapeException($"AdditiveAttention: {sequences.Count} sequences in {sequences.Rows} rows do not fit queries {query.Shape}, keys {keys.Shape} and values {values.Shape}");
        }
    }
}
