using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.T5;

/// <summary>The sizes and choices that define a <see cref="T5Model"/>.</summary>
public sealed record T5Config : Seq2SeqConfig
{
    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>Attention heads.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The width of a head; heads together need not be as wide as the stream.</summary>
    public required int HeadDim { get; init; }

    /// <summary>The inner width of the feed-forward layers.</summary>
    public required int DFeedForward { get; init; }

    /// <summary>The depth of the encoder.</summary>
    public required int NumEncoderLayers { get; init; }

    /// <summary>The depth of the decoder.</summary>
    public required int NumDecoderLayers { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Whether feed-forward layers have a gate: T5 1.1.</summary>
    public bool Gated { get; init; }

    /// <summary>The ranges of distances that have a bias of their own.</summary>
    public int NumBuckets { get; init; } = 32;

    /// <summary>The distance from which on all is one range.</summary>
    public int MaxDistance { get; init; } = 128;

    /// <summary>Whether the output layer's weight is the token table: T5 1.0.</summary>
    public bool TieOutput { get; init; } = true;

    /// <summary>What normalisation adds to the mean square.</summary>
    public float NormEpsilon { get; init; } = 1e-6f;

    /// <summary>The probability of dropping an element of the embeddings, of each sub-layer's output and inside feed-forward layers, and of an attention weight.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <inheritdoc/>
    public override int Width => DModel;

    /// <inheritdoc/>
    public override int NumLayers => NumEncoderLayers + NumDecoderLayers;

    /// <summary>The matrices alone, without biases and norms: no model of this configuration has fewer parameters.</summary>
    public Int128 FewestParameters
    {
        get
        {
            Int128 attention = 4 * (Int128)DModel * NumHeads * HeadDim;
            Int128 feedForward = (Gated ? 3 : 2) * (Int128)DModel * DFeedForward;
            return (VocabSize * (Int128)DModel) + (NumEncoderLayers * (attention + feedForward)) + (NumDecoderLayers * ((2 * attention) + feedForward));
        }
    }

    /// <inheritdoc/>
    public override Seq2SeqModel CreateModel(RandomSource? random) => new T5Model(this, random);

    /// <inheritdoc/>
    public override void Validate()
    {
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumHeads);
        ConfigGuard.Positive(HeadDim);
        ConfigGuard.Positive(DFeedForward);
        ConfigGuard.Positive(NumEncoderLayers);
        ConfigGuard.Positive(NumDecoderLayers);
        base.Validate();
        ConfigGuard.Probability(Dropout);
        ConfigGuard.Matrix(NumHeads, HeadDim);
        int attentionWidth = NumHeads * HeadDim;
        ConfigGuard.Matrix(attentionWidth, DModel);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(DFeedForward, DModel);
        ConfigGuard.Matrix(NumBuckets, NumHeads);
        if (NumBuckets < 4 || MaxDistance <= NumBuckets / 2)
        {
            throw new ConfigException($"numBuckets {NumBuckets} and maxDistance {MaxDistance} do not fit: at least 4 buckets, and a distance beyond the half of them that count single tokens");
        }
    }

    internal TransformerLayerConfig Layer() => new()
    {
        DModel = DModel,
        NumHeads = NumHeads,
        DFeedForward = DFeedForward,
        Activation = Activation,
        Gated = Gated,
        FeedForwardBias = false,
        Norm = NormKind.RmsNorm,
        NormPlacement = NormPlacement.PreNorm,
        NormEpsilon = NormEpsilon,
        Dropout = Dropout,
        AttentionDropout = Dropout,
        ActivationDropout = Dropout,
        Attention = new MultiHeadAttentionConfig { DModel = DModel, NumHeads = NumHeads, HeadDim = HeadDim, InputBias = false, OutputBias = false },
    };
}
