using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Causal;

/// <summary>A <see cref="DecoderOnlyModel"/> that scores classes instead of next tokens.</summary>
/// <remarks>
/// Radford et al. 2018 (GPT), section 3.2: a linear layer over the state of the last token, the only one that has seen all others.
/// The layout of Hugging Face's <c>GPT2ForSequenceClassification</c> and its relatives.
/// </remarks>
public sealed class DecoderClassifier : Module, ISequenceClassifier
{
    /// <summary>Makes a classifier.</summary>
    /// <param name="config">The sizes and choices of the model below the head. Its output layer is left out.</param>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <param name="pooling">Which state, or their mean, the classes are scored from.</param>
    /// <exception cref="ConfigException">The configuration makes no model.</exception>
    public DecoderClassifier(DecoderOnlyConfig config, int numClasses, RandomSource? random, Pooling pooling = Pooling.Last)
    {
        ArgumentNullException.ThrowIfNull(config);
        ConfigGuard.Positive(numClasses);
        Pooling = pooling;
        Body = Child(string.Empty, new DecoderOnlyModel(config with { TieOutput = true }, random)); // tied, it has no parameters of its own
        Head = Child("score", new Linear(config.DModel, numClasses, random, bias: false));
    }

    /// <summary>The model below the head.</summary>
    public DecoderOnlyModel Body { get; }

    /// <summary>Scores the classes.</summary>
    public Linear Head { get; }

    /// <summary>Which state, or their mean, the classes are scored from.</summary>
    public Pooling Pooling { get; }

    /// <inheritdoc/>
    public int NumClasses => Head.Weight.Shape[0];

    /// <inheritdoc/>
    public int NumLayers => Body.Config.NumLayers;

    /// <inheritdoc/>
    public int VocabSize => Body.VocabSize;

    /// <inheritdoc/>
    public int MaxLength => Body.MaxLength;

    /// <inheritdoc/>
    public Tensor ClassLogits(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null) =>
        Head.Forward(Pooling.Pool(Body.States(ids, sequences, dropout), sequences)); // [sequences, classes]
}
