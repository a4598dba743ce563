using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Which query rows of a packed batch may attend to which key rows.</summary>
/// <param name="Queries">The sequences of query rows.</param>
/// <param name="Keys">
/// The sequences of key rows; sequence i of the queries sees sequence i of the keys and nothing else. Rows outside every
/// sequence are padding that nobody sees.
/// </param>
/// <param name="Causal">Whether a query sees only keys up to its own position.</param>
public sealed record AttentionPattern(Segments Queries, Segments Keys, bool Causal = false)
{
    /// <summary>Where the rows named by <see cref="Keys"/> really lie, or null when they lie in order: see <see cref="AttentionSettings.KeyRows"/>.</summary>
    public int[]? KeyRows { get; init; }

    /// <summary>Self-attention in which every token of a sequence sees the whole sequence: an encoder.</summary>
    /// <param name="segments">The sequences.</param>
    public static AttentionPattern Within(Segments segments) => new(segments, segments);

    /// <summary>Self-attention in which a token sees itself and the tokens before it: a decoder.</summary>
    /// <param name="segments">The sequences.</param>
    public static AttentionPattern CausalWithin(Segments segments) => new(segments, segments, Causal: true);

    /// <summary>The pattern as the attention operation takes it.</summary>
    /// <param name="numHeads">The number of query heads.</param>
    /// <param name="dropoutProbability">The share of weights to drop.</param>
    /// <param name="dropout">The random stream for that; null drops nothing.</param>
    public AttentionSettings ToSettings(int numHeads, float dropoutProbability = 0f, DropoutSource? dropout = null) => new()
    {
        NumHeads = numHeads,
        Queries = Queries,
        Keys = Keys,
        Causal = Causal,
        KeyRows = KeyRows,
        Dropout = dropout is null ? 0f : dropoutProbability,
        DropoutKey = dropout is null || dropoutProbability == 0 ? 0 : dropout.NextKey(),
    };
}
