using Heed.Models.Configuration;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>The sizes and choices that define an encoder-decoder Transformer.</summary>
public sealed record TransformerConfig : Seq2SeqConfig
{
    /// <summary>The width of the residual stream.</summary>
    public int DModel { get; init; } = 256;

    /// <summary>Attention heads; divides <see cref="DModel"/>.</summary>
    public int NumHeads { get; init; } = 4;

    /// <summary>The inner width of the feed-forward layers.</summary>
    public int DFeedForward { get; init; } = 1024;

    /// <summary>The depth of the encoder.</summary>
    public int NumEncoderLayers { get; init; } = 3;

    /// <summary>The depth of the decoder.</summary>
    public int NumDecoderLayers { get; init; } = 3;

    /// <summary>The probability of dropping an element of the embeddings and of each sub-layer's output.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an attention weight.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>The probability of dropping an element inside a feed-forward layer.</summary>
    public float ActivationDropout { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Whether norms follow the residual sums (the paper) or precede the sub-layers.</summary>
    public NormPlacement NormPlacement { get; init; } = NormPlacement.PostNorm;

    /// <summary>Whether source and target tokens have the same vectors.</summary>
    public bool ShareEmbeddings { get; init; } = true;

    /// <summary>Whether the output layer's weight is the table of the target tokens' vectors.</summary>
    public bool TieOutput { get; init; } = true;

    /// <summary>Whether token vectors are multiplied by sqrt(dModel) where they are read (Vaswani et al. 2017, section 3.4).</summary>
    public bool ScaleEmbeddings { get; init; } = true;

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
            Int128 feedForward = 2 * (Int128)DModel * DFeedForward;
            return (VocabSize * (Int128)DModel) + (NumEncoderLayers * (attention + feedForward)) + (NumDecoderLayers * ((2 * attention) + feedForward));
        }
    }

    /// <summary>128 wide, 2 + 2 layers.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    public static TransformerConfig Tiny(int vocabSize) => new() { VocabSize = vocabSize, DModel = 128, NumHeads = 4, DFeedForward = 512, NumEncoderLayers = 2, NumDecoderLayers = 2 };

    /// <summary>256 wide, 3 + 3 layers.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    public static TransformerConfig Small(int vocabSize) => new() { VocabSize = vocabSize };

    /// <summary>512 wide, 6 + 6 layers: the base model of Vaswani et al. 2017, table 3.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    public static TransformerConfig Base(int vocabSize) => new() { VocabSize = vocabSize, DModel = 512, NumHeads = 8, DFeedForward = 2048, NumEncoderLayers = 6, NumDecoderLayers = 6 };

    /// <summary>1024 wide, 6 + 6 layers: the big model of Vaswani et al. 2017, table 3.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    public static TransformerConfig Big(int vocabSize) => new() { VocabSize = vocabSize, DModel = 1024, NumHeads = 16, DFeedForward = 4096, NumEncoderLayers = 6, NumDecoderLayers = 6, Dropout = 0.3f };

    /// <inheritdoc/>
    public override Seq2SeqModel CreateModel(RandomSource? random) => new TransformerModel(this, random);

    /// <inheritdoc/>
    public override void Validate()
    {
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumHeads);
        ConfigGuard.Positive(DFeedForward);
        ConfigGuard.Positive(NumEncoderLayers);
        ConfigGuard.Positive(NumDecoderLayers);
        base.Validate();
        ConfigGuard.Divides(NumHeads, DModel);
        ConfigGuard.Probability(Dropout);
        ConfigGuard.Probability(AttentionDropout);
        ConfigGuard.Probability(ActivationDropout);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(DFeedForward, DModel);
        ConfigGuard.Matrix(DModel, DModel);
    }

    internal TransformerLayerConfig Layer() => new()
    {
        DModel = DModel,
        NumHeads = NumHeads,
        DFeedForward = DFeedForward,
        Activation = Activation,
        NormPlacement = NormPlacement,
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        ActivationDropout = ActivationDropout,
    };
}
