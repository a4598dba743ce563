namespace Heed.Text.Tokenizers;

/// <summary>Two texts as one sequence, as BERT reads them.</summary>
/// <param name="Ids">The ids, with the special tokens between and around the texts where asked for.</param>
/// <param name="TypeIds">For each id the part it belongs to, 0 or 1.</param>
public sealed record EncodedTextPair(int[] Ids, int[] TypeIds);
