using Heed.Models.Configuration;
using Heed.Models.Encoders;

namespace Heed.Training.Configuration;

/// <summary>How much the loss of a text counts.</summary>
public enum ClassWeights
{
    /// <summary>Every text the same.</summary>
    None,

    /// <summary>Every class the same: a text's weight is the number of texts divided by the number of classes and that of the texts of its class.</summary>
    Balanced,
}

/// <summary>The head of a classifier, and what is trained beside it.</summary>
public sealed record ClassifierSection
{
    /// <summary>Which state of a text the classes are scored from; null is the one of Hugging Face's class: the first of an encoder, the last of a decoder.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>How many of the last layers are trained beside the head; 0 trains the head alone, null everything.</summary>
    public int? TrainLayers { get; init; }

    /// <summary>How much the loss of a text counts.</summary>
    public ClassWeights ClassWeights { get; init; }

    internal void Validate()
    {
        if (TrainLayers < 0)
        {
            throw new ConfigException($"classifier.trainLayers is {TrainLayers}; 0 trains the head alone, and without the key everything is trained");
        }
    }
}
