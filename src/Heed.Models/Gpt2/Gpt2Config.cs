using Heed.Models.Configuration;
using Heed.Tensors;

namespace Heed.Models.Gpt2;

/// <summary>The sizes and choices that define a GPT-2.</summary>
/// <remarks>The defaults are those of the smallest published model, 124 million parameters (Radford et al. 2019, table 2).</remarks>
public sealed record Gpt2Config
{
    /// <summary>The number of tokens.</summary>
    public int VocabSize { get; init; } = 50257;

    /// <summary>The number of positions: the longest text, in tokens.</summary>
    public int MaxLength { get; init; } = 1024;

    /// <summary>The width of the residual stream.</summary>
    public int DModel { get; init; } = 768;

    /// <summary>Attention heads; divides <see cref="DModel"/>.</summary>
    public int NumHeads { get; init; } = 12;

    /// <summary>The number of blocks.</summary>
    public int NumLayers { get; init; } = 12;

    /// <summary>The inner width of the feed-forward layers; null means four times <see cref="DModel"/>.</summary>
    public int? DFeedForward { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.GeluTanh;

    /// <summary>What layer normalisation adds to the variance.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>The probability of dropping an element of each sub-layer's output.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an element of the embeddings.</summary>
    public float EmbeddingDropout { get; init; } = 0.1f;

    /// <summary>The probability of dropping an attention weight.</summary>
    public float AttentionDropout { get; init; } = 0.1f;

    /// <summary>124 million parameters.</summary>
    public static Gpt2Config Small() => new();

    /// <summary>355 million parameters.</summary>
    public static Gpt2Config Medium() => new() { DModel = 1024, NumHeads = 16, NumLayers = 24 };

    /// <summary>774 million parameters.</summary>
    public static Gpt2Config Large() => new() { DModel = 1280, NumHeads = 20, NumLayers = 36 };

    /// <summary>1558 million parameters.</summary>
    public static Gpt2Config ExtraLarge() => new() { DModel = 1600, NumHeads = 25, NumLayers = 48 };

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range or does not fit another; the message names it.</exception>
    public void Validate()
    {
        foreach ((int value, string key) in new[] { (VocabSize, "vocabSize"), (MaxLength, "maxLength"), (DModel, "dModel"), (NumHeads, "numHeads"), (NumLayers, "numLayers"), (DFeedForward ?? 1, "dFeedForward") })
        {
            if (value < 1)
            {
                throw new ConfigException($"{key} is {value}; it must be at least 1");
            }
        }

        foreach ((float value, string key) in new[] { (Dropout, "dropout"), (EmbeddingDropout, "embeddingDropout"), (AttentionDropout, "attentionDropout") })
        {
            if (!(value >= 0 && value < 1))
            {
                throw new ConfigException(FormattableString.Invariant($"{key} is {value}; a probability lies in [0, 1)"));
            }
        }

        if (DModel % NumHeads != 0)
        {
            throw new ConfigException(FormattableString.Invariant($"dModel {DModel} is not divisible by numHeads {NumHeads} ({DModel} / {NumHeads} = {(double)DModel / NumHeads:0.0})"));
        }
    }
}
