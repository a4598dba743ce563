namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>A piece of the vocabulary.</summary>
/// <param name="Text">Its text, a space written as U+2581.</param>
/// <param name="Score">Unigram: the logarithm of its probability. BPE: pieces of higher score are made first.</param>
/// <param name="Type">What it is for.</param>
internal readonly record struct SentencePieceEntry(string Text, float Score, PieceType Type);
