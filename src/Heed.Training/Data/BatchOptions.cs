namespace Heed.Training.Data;

/// <summary>How sentence pairs are put together into batches.</summary>
public sealed record BatchOptions
{
    /// <summary>The most tokens in a batch: source and target together, with the tokens that begin and end sentences.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>The most pairs in a batch; null for no such limit.</summary>
    public int? MaxSequences { get; init; }

    /// <summary>Decides the order of everything; the same seed gives the same batches on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The id that begins a target sentence where the decoder reads it.</summary>
    public int BosId { get; init; } = 1;

    /// <summary>The id that ends every sentence.</summary>
    public int EosId { get; init; } = 2;
}
