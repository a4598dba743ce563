using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;

namespace Heed.Tensors;

/// <content>Scaled dot-product attention.</content>
public static partial class Ops
{
    /// <summary>
    /// Scaled dot-product attention for every sequence of a packed batch and every head, as one operation that never holds
    /// the matrix of weights.
    /// </summary>
    /// <param name="query">[query rows, numHeads * headDim].</param>
    /// <param name="key">[key rows, numKeyHeads * headDim]; numKeyHeads divides numHeads (fewer make grouped-query attention).</param>
    /// <param name="value">The shape of <paramref name="key"/>.</param>
    /// <param name="settings">Which rows form sequences, the mask, and dropout.</param>
    /// <param name="weights">Receives the attention weights when not null; this is the only case in which they are kept.</param>
    /// <returns>The context, [query rows, numHeads * headDim]; rows outside every sequence are zero.</returns>
    /// <remarks>
    /// scores = scale * query key^T + bias of the distance; weights = softmax(scores where allowed); context = weights value.
    /// Vaswani et al. 2017, section 3.2.1, equation 1. Computed in tiles with a running softmax
    /// (Milakov and Gimelshein 2018; Dao et al. 2022, algorithm 1); the backward pass recomputes the weights.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit the settings.</exception>
    public static Tensor Attention(Tensor query, Tensor key, Tensor value, AttentionSettings settings, AttentionWeights? weights = null)
    {
        GuardAttention(query, key, value, settings);
        Tensor context = Tensor.Like(query);
        Tensor logSumExp = Tensor.Uninitialized(new Shape(settings.NumHeads, query.Shape[0]), query.Device);
        query.Device.Attention(query, key, value, settings, context, logSumExp, weights);
        if (Tape.Records(query, key, value, settings.DistanceBias))
        {
            GuardDifferentiable(settings);
            Tape.Record(context, (query, key, value, settings, context, logSumExp), static (saved, dContext) =>
            {
                (Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp) = saved;
                Tensor? bias = settings.DistanceBias;
                Tensor dQuery = Tensor.GradientLike(query);
                Tensor dKey = Tensor.GradientLike(key);
                Tensor dValue = Tensor.GradientLike(value);
                Tensor? dBias = bias is { RequiresGradient: true } ? Tensor.GradientLike(bias) : null;
                query.Device.AttentionBackward(query, key, value, settings, context, logSumExp, dContext, dQuery, dKey, dValue, dBias);
                query.AddGradient(dQuery);
                key.AddGradient(dKey);
                value.AddGradient(dValue);
                if (dBias is not null)
                {
                    bias!.AddGradient(dBias);
                }
            });
        }

        return context;
    }

    private static void GuardReach(AttentionSettings settings)
    {
        if (settings.Window is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(settings), settings.Window, "an attention window holds at least the query's own position");
        }

        if (settings.DistanceBias is { } bias)
        {
            int needed = (2 * Math.Max(1, Math.Max(settings.Queries.MaxLength, settings.Keys.MaxLength))) - 1;
            ShapeGuard.Rank(nameof(Attention), bias, 2, "distance bias [numHeads, 2 * reach + 1]");
            if (bias.Shape[0] != settings.NumHeads || bias.Columns % 2 == 0 || bias.Columns < needed)
            {
                throw new ShapeException($"Attention: a distance bias of {bias.Shape} does not fit {settings.NumHeads} heads and sequences of up to {(needed + 1) / 2} rows, which need [{settings.NumHeads}, {needed}]");
            }
        }
    }

    private static void GuardDifferentiable(AttentionSettings settings)
    {
        if (settings.KeyRows is not null || settings.Keys.MayOverlap || settings.Queries.MayOverlap)
        {
            throw new InvalidOperationException("Attention: sequences that share rows (a decoder's cache) have no gradients; decode outside the tape");
        }
    }

    private static void GuardAttention(Tensor query, Tensor key, Tensor value, AttentionSettings settings)
    {
        ShapeGuard.Rank(nameof(Attention), query, 2, "queries [rows, numHeads * headDim]");
        ShapeGuard.Rank(nameof(Attention), key, 2, "keys [rows, numKeyHeads * headDim]");
        ShapeGuard.Same(nameof(Attention), key, value);
        if (settings.NumHeads < 1 || query.Columns % settings.NumHeads != 0)
        {
            throw new ShapeException($"Attention: the queries' width {query.Columns} is not divisible by numHeads {settings.NumHeads}");
        }

        if (settings.Scale is { } scale && !(scale > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(settings), scale, "Attention: the scale of the scores must be positive");
        }

        int headDim = query.Columns / settings.NumHeads;
        if (key.Columns % headDim != 0 || key.Columns == 0 || settings.NumHeads % (key.Columns / headDim) != 0)
        {
            throw new ShapeException($"Attention: keys of width {key.Columns} do not hold heads of {headDim} that divide {settings.NumHeads} query heads");
        }

        if (settings.Queries.Count != settings.Keys.Count)
        {
            throw new ShapeException($"Attention: {settings.Queries.Count} query sequences for {settings.Keys.Count} key sequences");
        }

        GuardReach(settings);
        int keyRows = settings.KeyRows?.Length ?? key.Shape[0];
        if (settings.Queries.Rows > query.Shape[0] || settings.Keys.Rows > keyRows)
        {
            throw new ShapeException($"Attention: sequences of {settings.Queries.Rows} and {settings.Keys.Rows} rows exceed queries {query.Shape} or keys {key.Shape}");
        }
    }
}
