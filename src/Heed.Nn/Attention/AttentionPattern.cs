using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Attention;

/// <summary>Which query rows of a packed batch may attend to which key rows, and how distance changes their scores.</summary>
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

    /// <summary>How many keys a query sees, itself and those before it, or null for all: see <see cref="SlidingWindowAttention"/>.</summary>
    public int? Window { get; init; }

    /// <summary>What is added to the scores by distance, or null: what a <see cref="Positions.DistanceBias"/> computes.</summary>
    public Tensor? DistanceBias { get; init; }

    /// <summary>The factor on the scores; null means 1/sqrt(headDim).</summary>
    public float? Scale { get; init; }

    /// <summary>Self-attention in which every token of a sequence sees the whole sequence: an encoder.</summary>
    /// <param name="segments">The sequences.</param>
    public static AttentionPattern Within(Segments segments) => new(segments, segments);

    /// <summary>Self-attention in which a token sees itself and the tokens before it: a decoder.</summary>
    /// <param name="segments">The sequences.</param>
    public static AttentionPattern CausalWithin(Segments segments) => new(segments, segments, Causal: true);

    /// <summary>
    /// The position of every query row in its sequence of keys. The queries are the last positions, so with a cache of
    /// earlier keys they are those of the new tokens.
    /// </summary>
    public int[] QueryPositions()
    {
        int[] positions = Queries.Positions();
        for (int i = 0; i < Queries.Count; i++)
        {
            foreach (ref int position in positions.AsSpan(Queries.Starts[i], Queries.Lengths[i]))
            {
                position += Keys.Lengths[i] - Queries.Lengths[i];
            }
        }

        return positions;
    }

    /// <summary>The pattern as the attention operation takes it.</summary>
    /// <param name="numHeads">The number of query heads.</param>
    /// <param name="dropoutProbability">The share of weights to drop.</param>
    /// <param name="dropout">The random stream for that; null drops nothing.</param>
    public AttentionSettings ToSettings(int numHeads, float dropoutProbability = 0f, DropoutSource? dropout = null)
    {
        var settings = new AttentionSettings
        {
            NumHeads = numHeads,
            Queries = Queries,
            Keys = Keys,
            Causal = Causal,
            KeyRows = KeyRows,
            Window = Window,
            DistanceBias = DistanceBias,
            Scale = Scale,
        };
        if (dropout is null || dropoutProbability == 0)
        {
            return settings;
        }

        return dropout.Generator is { } generator
            ? settings with { Dropout = dropoutProbability, DropoutFactors = Draw(settings, dropoutProbability, generator) }
            : settings with { Dropout = dropoutProbability, DropoutKey = dropout.NextKey() };
    }

    // In the order of PyTorch's weights [batch, heads, queries, keys], hidden ones included.
    private static AttentionWeights Draw(AttentionSettings settings, float probability, PyTorchRandom generator)
    {
        var factors = new AttentionWeights(settings);
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < settings.NumHeads; head++)
            {
                float[,] map = factors[sequence, head];
                for (int i = 0; i < map.GetLength(0); i++)
                {
                    for (int j = 0; j < map.GetLength(1); j++)
                    {
                        map[i, j] = generator.DropoutFactor(probability);
                    }
                }
            }
        }

        return factors;
    }
}
