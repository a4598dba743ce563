using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Training.Configuration;

/// <summary>The sizes of a Transformer: a preset, and what departs from it.</summary>
public sealed record TransformerSection : ModelSection
{
    /// <summary>Where the sizes come from: tiny, small, base or big.</summary>
    public override string Preset { get; init; } = "small";

    /// <summary>The width of every layer.</summary>
    public int? DModel { get; init; }

    /// <summary>The number of attention heads.</summary>
    public int? NumHeads { get; init; }

    /// <summary>The inner width of the feed-forward layers.</summary>
    public int? DFeedForward { get; init; }

    /// <summary>The number of encoder layers.</summary>
    public int? NumEncoderLayers { get; init; }

    /// <summary>The number of decoder layers.</summary>
    public int? NumDecoderLayers { get; init; }

    /// <summary>The probability of dropping an element of a sub-layer's output and of the embeddings.</summary>
    public float? Dropout { get; init; }

    /// <summary>The probability of dropping an attention weight.</summary>
    public float? AttentionDropout { get; init; }

    /// <summary>The probability of dropping an element inside the feed-forward layers.</summary>
    public float? ActivationDropout { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether norms follow the residual sums, as in the paper, or precede the sub-layers.</summary>
    public NormPlacement? NormPlacement { get; init; }

    /// <summary>Whether source and target tokens have the same vectors.</summary>
    public bool? ShareEmbeddings { get; init; }

    /// <summary>Whether the output layer's weight is the table of the target tokens' vectors.</summary>
    public bool? TieOutput { get; init; }

    /// <summary>Whether token vectors are multiplied by sqrt(dModel) where they are read.</summary>
    public bool? ScaleEmbeddings { get; init; }

    /// <inheritdoc/>
    public override TransformerConfig ToConfig(int vocabSize)
    {
        TransformerConfig preset = Preset switch
        {
            "tiny" => TransformerConfig.Tiny(vocabSize),
            "small" => TransformerConfig.Small(vocabSize),
            "base" => TransformerConfig.Base(vocabSize),
            "big" => TransformerConfig.Big(vocabSize),
            _ => throw new ConfigException($"model.preset: unknown preset \"{Preset}\"; the presets of architecture transformer are tiny, small, base and big"),
        };
        return preset with
        {
            DModel = DModel ?? preset.DModel,
            NumHeads = NumHeads ?? preset.NumHeads,
            DFeedForward = DFeedForward ?? preset.DFeedForward,
            NumEncoderLayers = NumEncoderLayers ?? preset.NumEncoderLayers,
            NumDecoderLayers = NumDecoderLayers ?? preset.NumDecoderLayers,
            Dropout = Dropout ?? preset.Dropout,
            AttentionDropout = AttentionDropout ?? preset.AttentionDropout,
            ActivationDropout = ActivationDropout ?? preset.ActivationDropout,
            Activation = Activation ?? preset.Activation,
            NormPlacement = NormPlacement ?? preset.NormPlacement,
            ShareEmbeddings = ShareEmbeddings ?? preset.ShareEmbeddings,
            TieOutput = TieOutput ?? preset.TieOutput,
            ScaleEmbeddings = ScaleEmbeddings ?? preset.ScaleEmbeddings,
            MaxLength = MaxLength ?? preset.MaxLength,
        };
    }
}
