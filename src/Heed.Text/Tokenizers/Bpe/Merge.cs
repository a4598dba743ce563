namespace Heed.Text.Tokenizers.Bpe;

/// <summary>Two neighbouring pieces and the piece that takes their place, by id.</summary>
internal readonly record struct Merge(int Left, int Right, int Result);
