using Heed.Models.Configuration;
using Heed.Models.Encoders;

namespace Heed.Models.Embeddings;

/// <summary>How a text becomes a vector.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>How the states of a text's tokens become one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Whether vectors are scaled to length 1, so that their dot product is their cosine.</summary>
    public bool Normalize { get; init; }

    /// <summary>How many of a vector's first numbers are kept, for models trained so that they mean something alone; null keeps all.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Whether a text that is longer than the model reads is cut there; otherwise it is an error.</summary>
    public bool Truncate { get; init; }

    /// <summary>The most tokens that are computed at once. It decides about speed and memory, never about results.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Checks every value.</summary>
    /// <param name="width">How many numbers the model's vectors have.</param>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate(int width)
    {
        ConfigGuard.Range(BatchTokens, 1, int.MaxValue);
        if (!Enum.IsDefined(Pooling))
        {
            throw new ConfigException($"pooling {Pooling} is not known; use one of {string.Join(", ", Enum.GetNames<Pooling>())}");
        }

        if (Dimensions is { } kept && (kept < 1 || kept > width))
        {
            throw new ConfigException($"dimensions is {kept}, but the model's vectors have {width}; it must be from 1 to {width}");
        }
    }
}
