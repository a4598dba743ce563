using Heed.Models.Configuration;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Models.Encoders;

/// <summary>The sizes and choices that define an <see cref="EncoderModel"/>: BERT, RoBERTa and DistilBERT are settings of it.</summary>
public sealed record EncoderConfig
{
    /// <summary>The number of tokens.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>The number of layers.</summary>
    public required int NumLayers { get; init; }

    /// <summary>Attention heads; divides <see cref="DModel"/>.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The inner width of the feed-forward layers.</summary>
    public required int DFeedForward { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The rows of the position table.</summary>
    public required int NumPositions { get; init; }

    /// <summary>The row of the first position: RoBERTa begins behind its padding id.</summary>
    public int FirstPosition { get; init; }

    /// <summary>The kinds of sequences that a pair is made of; 0 where the model does not tell them apart.</summary>
    public int NumTokenTypes { get; init; }

    /// <summary>What layer normalisation adds to the variance.</summary>
    public float NormEpsilon { get; init; } = 1e-12f;

    /// <summary>What the states are turned into.</summary>
    public EncoderHead Head { get; init; }

    /// <summary>The nonlinearity of the layer in front of the token scores.</summary>
    public Activation HeadActivation { get; init; } = Activation.Gelu;

    /// <summary>Which state of each sequence, or their mean, the classes are scored from.</summary>
    public Pooling Pooling { get; init; } = Pooling.First;

    /// <summary>Whether that state has a layer of its own, in front of the classes or for its own sake.</summary>
    public bool HasPooler { get; init; }

    /// <summary>The nonlinearity of that layer.</summary>
    public Activation PoolerActivation { get; init; } = Activation.Tanh;

    /// <summary>The number of classes.</summary>
    public int NumClasses { get; init; } = 2;

    /// <summary>The probability of dropping an element of the embeddings and of each sub-layer's output.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an attention weight.</summary>
    public float AttentionDropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an element of what the classes are scored from.</summary>
    public float ClassifierDropout { get; init; } = 0.1f;

    /// <summary>The longest sequence.</summary>
    public int MaxLength => NumPositions - FirstPosition;

    /// <summary>The matrices alone, without biases and norms: no model of this configuration has fewer parameters.</summary>
    public Int128 FewestParameters =>
        ((VocabSize + (Int128)NumPositions + (Head == EncoderHead.Classes ? NumClasses : 0)) * DModel) + (NumLayers * ((4 * (Int128)DModel * DModel) + (2 * (Int128)DModel * DFeedForward)));

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range or does not fit another; the message names both.</exception>
    public void Validate()
    {
        ConfigGuard.Positive(VocabSize);
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumLayers);
        ConfigGuard.Positive(NumHeads);
        ConfigGuard.Positive(DFeedForward);
        ConfigGuard.Positive(NumClasses);
        ConfigGuard.Positive(MaxLength);
        ConfigGuard.Divides(NumHeads, DModel);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(NumPositions, DModel);
        ConfigGuard.Matrix(DFeedForward, DModel);
        ConfigGuard.Matrix(DModel, DModel);
        ConfigGuard.Probability(Dropout);
        ConfigGuard.Probability(AttentionDropout);
        ConfigGuard.Probability(ClassifierDropout);
        if (FirstPosition < 0 || NumTokenTypes < 0)
        {
            throw new ConfigException($"firstPosition {FirstPosition} and numTokenTypes {NumTokenTypes} must not be negative");
        }
    }

    internal TransformerLayerConfig Layer() => new()
    {
        DModel = DModel,
        NumHeads = NumHeads,
        DFeedForward = DFeedForward,
        Activation = Activation,
        NormPlacement = NormPlacement.PostNorm,
        NormEpsilon = NormEpsilon,
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
    };
}
