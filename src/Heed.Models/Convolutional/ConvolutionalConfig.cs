using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;

namespace Heed.Models.Convolutional;

/// <summary>The sizes that define a convolutional encoder-decoder.</summary>
public sealed record ConvolutionalConfig : Seq2SeqConfig
{
    /// <summary>The width of a token's vector.</summary>
    public int EmbeddingSize { get; init; } = 256;

    /// <summary>The width of the layers.</summary>
    public int HiddenSize { get; init; } = 256;

    /// <summary>How many tokens an output of a layer sees; odd.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>The depth of the encoder.</summary>
    public int NumEncoderLayers { get; init; } = 6;

    /// <summary>The depth of the decoder.</summary>
    public int NumDecoderLayers { get; init; } = 6;

    /// <summary>The probability of dropping an element of the embeddings, before each convolution, and of what scores the tokens.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>Whether length and direction of the convolutions' weights are trained apart (Salimans and Kingma 2016).</summary>
    public bool WeightNormalization { get; init; }

    /// <inheritdoc/>
    public override int Width => HiddenSize;

    /// <inheritdoc/>
    public override int NumLayers => NumEncoderLayers + NumDecoderLayers;

    /// <inheritdoc/>
    public override Seq2SeqModel CreateModel(RandomSource? random) => new ConvolutionalModel(this, random);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        ConfigGuard.Positive(EmbeddingSize);
        ConfigGuard.Positive(HiddenSize);
        ConfigGuard.Positive(KernelSize);
        ConfigGuard.Positive(NumEncoderLayers);
        ConfigGuard.Positive(NumDecoderLayers);
        ConfigGuard.Probability(Dropout);
        if (KernelSize % 2 == 0 || KernelSize > 63)
        {
            throw new ConfigException($"kernelSize is {KernelSize}; it must be odd, so that a token has as many neighbours on both sides, and at most 63");
        }

        ConfigGuard.Matrix(VocabSize, EmbeddingSize);
        ConfigGuard.Matrix(MaxLength, EmbeddingSize);
        ConfigGuard.Matrix(HiddenSize, EmbeddingSize);
        ConfigGuard.Matrix(HiddenSize, HiddenSize);
    }
}
