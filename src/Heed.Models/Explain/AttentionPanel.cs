namespace Heed.Models.Explain;

/// <summary>One map of an <see cref="AttentionPicture"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Queries">The rows: what looks.</param>
/// <param name="Keys">The columns: what is looked at.</param>
/// <param name="Weights">[queries, keys], from 0 to 1; a weight of exactly 0 is drawn as hidden.</param>
public sealed record AttentionPanel(string Title, IReadOnlyList<string> Queries, IReadOnlyList<string> Keys, float[,] Weights)
{
    /// <summary>A map whose rows and columns are the same tokens.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="weights">[tokens, tokens].</param>
    public static AttentionPanel Within(string title, IReadOnlyList<string> tokens, float[,] weights) => new(title, tokens, tokens, weights);
}
