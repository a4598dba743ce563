namespace Heed.Models.Embeddings;

/// <summary>A text as a vector.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Tokens">How many tokens the model read of the text.</param>
public sealed record TextEmbedding(ReadOnlyMemory<float> Vector, int Tokens);
