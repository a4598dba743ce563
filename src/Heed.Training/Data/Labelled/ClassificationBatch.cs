using Heed.Tensors;

namespace Heed.Training.Data.Labelled;

/// <summary>Texts as tokens, one after another without padding, and their classes.</summary>
/// <param name="Ids">The tokens of all texts.</param>
/// <param name="Sequences">Where each text lies.</param>
/// <param name="Labels">The number of each text's class.</param>
public sealed record ClassificationBatch(int[] Ids, Segments Sequences, int[] Labels);
