namespace Heed.Tensors;

/// <summary>How <see cref="Ops.Attention"/> pairs queries with keys.</summary>
public sealed record AttentionSettings
{
    /// <summary>The number of query heads that the last axis of the queries holds.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The sequences of query rows.</summary>
    public required Segments Queries { get; init; }

    /// <summary>The sequences of key and value rows; sequence i of the queries attends to sequence i of the keys.</summary>
    public required Segments Keys { get; init; }

    /// <summary>
    /// Whether a query sees only keys up to its own position. With fewer queries than keys the queries are the last
    /// positions, as in decoding with a cache.
    /// </summary>
    public bool Causal { get; init; }

    /// <summary>
    /// How far a query sees: itself and the keys before it, so many together, and unless <see cref="Causal"/> as many after
    /// it; null is without limit. With fewer queries than keys the queries are the last positions.
    /// </summary>
    public int? Window { get; init; }

    /// <summary>
    /// What is added to the scaled scores, by how far a key lies from the query: [numHeads, 2 * reach + 1], where column
    /// <c>key position - query position + reach</c> holds the bias of that distance; null adds nothing. Gradients flow to it.
    /// </summary>
    public Tensor? DistanceBias { get; init; }

    /// <summary>The factor on the scores, above zero; null means 1/sqrt(headDim).</summary>
    public float? Scale { get; init; }

    /// <summary>The probability that a weight is dropped, in [0, 1). Survivors are divided by 1 - p.</summary>
    public float Dropout { get; init; }

    /// <summary>The stream that decides which weights are dropped.</summary>
    public ulong DropoutKey { get; init; }

    /// <summary>What each weight is multiplied by, drawn beforehand; null draws from <see cref="DropoutKey"/>.</summary>
    public AttentionWeights? DropoutFactors { get; init; }

    /// <summary>
    /// Where the rows named by <see cref="Keys"/> really lie, or null when they lie in order. A key/value cache reorders its
    /// hypotheses by changing this table instead of copying keys and values.
    /// </summary>
    public int[]? KeyRows { get; init; }
}
