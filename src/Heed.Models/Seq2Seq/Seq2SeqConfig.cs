using Heed.Models.Configuration;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>What defines a <see cref="Seq2SeqModel"/>: one record for each family, which knows how to make its model.</summary>
public abstract record Seq2SeqConfig
{
    /// <summary>The number of tokens, shared by both languages.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The longest source or target, in tokens, end marks included.</summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>The id that no text contains.</summary>
    public int PadId { get; init; }

    /// <summary>The id that the decoder starts from.</summary>
    public int BosId { get; init; } = 1;

    /// <summary>The id that ends a sentence.</summary>
    public int EosId { get; init; } = 2;

    /// <summary>The width of the layers, for estimates of memory.</summary>
    public abstract int Width { get; }

    /// <summary>The layers of the encoder and the decoder together.</summary>
    public abstract int NumLayers { get; }

    /// <summary>Makes the model.</summary>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="ConfigException">The configuration makes no model.</exception>
    public abstract Seq2SeqModel CreateModel(RandomSource? random);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range or does not fit another; the message names both.</exception>
    public virtual void Validate()
    {
        ConfigGuard.Positive(VocabSize);
        ConfigGuard.Positive(MaxLength);
        foreach ((int id, string name) in new[] { (PadId, "padId"), (BosId, "bosId"), (EosId, "eosId") })
        {
            ConfigGuard.TokenId(id, VocabSize, name);
        }
    }
}
