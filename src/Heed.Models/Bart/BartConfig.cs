using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Bart;

/// <summary>The sizes and choices that define a <see cref="BartModel"/>: BART and Marian are settings of it.</summary>
public sealed record BartConfig : Seq2SeqConfig
{
    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>The depth of the encoder.</summary>
    public required int NumEncoderLayers { get; init; }

    /// <summary>The depth of the decoder.</summary>
    public required int NumDecoderLayers { get; init; }

    /// <summary>The encoder's attention heads.</summary>
    public required int NumEncoderHeads { get; init; }

    /// <summary>The decoder's attention heads.</summary>
    public required int NumDecoderHeads { get; init; }

    /// <summary>The inner width of the encoder's feed-forward layers.</summary>
    public required int DEncoderFeedForward { get; init; }

    /// <summary>The inner width of the decoder's feed-forward layers.</summary>
    public required int DDecoderFeedForward { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Whether positions have learned vectors (BART); otherwise they are sines and cosines, in halves (Marian).</summary>
    public bool LearnedPositions { get; init; } = true;

    /// <summary>Whether the sum of token and position vectors is normalised: BART.</summary>
    public bool EmbeddingNorm { get; init; } = true;

    /// <summary>Whether token vectors are multiplied by sqrt(dModel) where they are read.</summary>
    public bool ScaleEmbeddings { get; init; }

    /// <summary>Whether every token has a bias of its own in the output.</summary>
    public bool LogitsBias { get; init; } = true;

    /// <summary>The probability of dropping an element of the embeddings and of each sub-layer's output.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an attention weight.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>The probability of dropping an element inside a feed-forward layer.</summary>
    public float ActivationDropout { get; init; }

    /// <inheritdoc/>
    public override int Width => DModel;

    /// <inheritdoc/>
    public override int NumLayers => NumEncoderLayers + NumDecoderLayers;

    /// <summary>The matrices alone, without biases and norms: no model of this configuration has fewer parameters.</summary>
    public Int128 FewestParameters
    {
        get
        {
            Int128 attention = 4 * (Int128)DModel * DModel;
            return (VocabSize * (Int128)DModel)
                + (NumEncoderLayers * (attention + (2 * (Int128)DModel * DEncoderFeedForward)))
                + (NumDecoderLayers * ((2 * attention) + (2 * (Int128)DModel * DDecoderFeedForward)))
                + (LearnedPositions ? 2 * (Int128)MaxLength * DModel : 0);
        }
    }

    /// <inheritdoc/>
    public override Seq2SeqModel CreateModel(RandomSource? random) => new BartModel(this, random);

    /// <inheritdoc/>
    public override void Validate()
    {
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumEncoderLayers);
        ConfigGuard.Positive(NumDecoderLayers);
        ConfigGuard.Positive(NumEncoderHeads);
        ConfigGuard.Positive(NumDecoderHeads);
        ConfigGuard.Positive(DEncoderFeedForward);
        ConfigGuard.Positive(DDecoderFeedForward);
        base.Validate();
        ConfigGuard.Divides(NumEncoderHeads, DModel);
        ConfigGuard.Divides(NumDecoderHeads, DModel);
        ConfigGuard.Probability(Dropout);
        ConfigGuard.Probability(AttentionDropout);
        ConfigGuard.Probability(ActivationDropout);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(DModel, DModel);
        ConfigGuard.Matrix(DEncoderFeedForward, DModel);
        ConfigGuard.Matrix(DDecoderFeedForward, DModel);
        ConfigGuard.Matrix(MaxLength, LearnedPositions ? DModel : 1);
    }

    internal TransformerLayerConfig EncoderLayer() => Layer(NumEncoderHeads, DEncoderFeedForward);

    internal TransformerLayerConfig DecoderLayer() => Layer(NumDecoderHeads, DDecoderFeedForward);

    private TransformerLayerConfig Layer(int numHeads, int dFeedForward) => new()
    {
        DModel = DModel,
        NumHeads = numHeads,
        DFeedForward = dFeedForward,
        Activation = Activation,
        NormPlacement = NormPlacement.PostNorm,
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        ActivationDropout = ActivationDropout,
    };
}
