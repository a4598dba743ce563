using Heed.Models.Configuration;
using Heed.Models.Convolutional;

namespace Heed.Training.Configuration;

/// <summary>The sizes of a convolutional encoder-decoder: a preset, and what departs from it.</summary>
public sealed record ConvolutionalSection : ModelSection
{
    /// <summary>Where the sizes come from: conv.</summary>
    public override string Preset { get; init; } = "conv";

    /// <summary>The width of a token's vector.</summary>
    public int? EmbeddingSize { get; init; }

    /// <summary>The width of the layers.</summary>
    public int? HiddenSize { get; init; }

    /// <summary>How many tokens an output of a layer sees; odd.</summary>
    public int? KernelSize { get; init; }

    /// <summary>The number of encoder layers.</summary>
    public int? NumEncoderLayers { get; init; }

    /// <summary>The number of decoder layers.</summary>
    public int? NumDecoderLayers { get; init; }

    /// <summary>The probability of dropping an element of the embeddings, before each convolution, and of what scores the tokens.</summary>
    public float? Dropout { get; init; }

    /// <summary>Whether length and direction of the convolutions' weights are trained apart.</summary>
    public bool? WeightNormalization { get; init; }

    /// <inheritdoc/>
    public override ConvolutionalConfig ToConfig(int vocabSize)
    {
        if (Preset != "conv")
        {
            throw new ConfigException($"model.preset: unknown preset \"{Preset}\"; the preset of architecture convolutional is conv");
        }

        var preset = new ConvolutionalConfig { VocabSize = vocabSize };
        return preset with
        {
            EmbeddingSize = EmbeddingSize ?? preset.EmbeddingSize,
            HiddenSize = HiddenSize ?? preset.HiddenSize,
            KernelSize = KernelSize ?? preset.KernelSize,
            NumEncoderLayers = NumEncoderLayers ?? preset.NumEncoderLayers,
            NumDecoderLayers = NumDecoderLayers ?? preset.NumDecoderLayers,
            Dropout = Dropout ?? preset.Dropout,
            WeightNormalization = WeightNormalization ?? preset.WeightNormalization,
            MaxLength = MaxLength ?? preset.MaxLength,
        };
    }
}
