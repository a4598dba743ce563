using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Classification;

/// <summary>A model that scores classes for each sequence of tokens: an encoder or a decoder with a head for classes.</summary>
public interface ISequenceClassifier
{
    /// <summary>The number of classes.</summary>
    int NumClasses { get; }

    /// <summary>The number of layers.</summary>
    int NumLayers { get; }

    /// <summary>The number of tokens.</summary>
    int VocabSize { get; }

    /// <summary>The longest sequence.</summary>
    int MaxLength { get; }

    /// <summary>The scores of every class for every sequence.</summary>
    /// <param name="ids">The tokens of all sequences, one sequence after another.</param>
    /// <param name="sequences">Where each sequence lies; none is empty.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[sequences, classes].</returns>
    Tensor ClassLogits(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null);
}
