using Heed.Models.Configuration;
using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Models.Causal;

/// <summary>The sizes and choices that define a <see cref="DecoderOnlyModel"/>: GPT-2, LLaMA, Mistral and Qwen2 are settings of it.</summary>
public sealed record DecoderOnlyConfig
{
    // No head is nearly as wide; a number beyond it is damage, and must not become a table of angles.
    private const int MostHeadDim = 1 << 16;

    /// <summary>The number of tokens.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>The number of layers.</summary>
    public required int NumLayers { get; init; }

    /// <summary>Query heads.</summary>
    public required int NumHeads { get; init; }

    /// <summary>Key and value heads; divides <see cref="NumHeads"/>. Null is one for each query head.</summary>
    public int? NumKeyHeads { get; init; }

    /// <summary>The width of a head; null is dModel / numHeads.</summary>
    public int? HeadDim { get; init; }

    /// <summary>The inner width of the feed-forward layers.</summary>
    public required int DFeedForward { get; init; }

    /// <summary>The feed-forward layers' nonlinearity.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Whether feed-forward layers have a gate.</summary>
    public bool Gated { get; init; } = true;

    /// <summary>Whether feed-forward layers without a gate have biases.</summary>
    public bool FeedForwardBias { get; init; } = true;

    /// <summary>Whether the projections of queries, keys and values have biases.</summary>
    public bool InputBias { get; init; }

    /// <summary>Whether attention's output projection has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>How layers normalise, always before each sub-layer.</summary>
    public NormKind Norm { get; init; } = NormKind.RmsNorm;

    /// <summary>What normalisation adds to the variance or the mean square.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Rotary positions; null learns a vector for each position instead.</summary>
    public RotaryPositions? Rotary { get; init; }

    /// <summary>How many tokens attention sees, itself and those before it; null is all.</summary>
    public int? Window { get; init; }

    /// <summary>Whether the output layer's weight is the token table.</summary>
    public bool TieOutput { get; init; } = true;

    /// <summary>The longest sequence.</summary>
    public required int MaxLength { get; init; }

    /// <summary>The probability of dropping an element of the embeddings and of each sub-layer's output.</summary>
    public float Dropout { get; init; }

    /// <summary>The probability of dropping an attention weight.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>The matrices alone, without biases and norms: no model of this configuration has fewer parameters.</summary>
    public Int128 FewestParameters
    {
        get
        {
            Int128 headDim = HeadDim ?? (DModel / NumHeads);
            Int128 attention = 2 * headDim * DModel * (NumHeads + (Int128)(NumKeyHeads ?? NumHeads));
            Int128 feedForward = (Gated ? 3 : 2) * (Int128)DModel * DFeedForward;
            return (VocabSize * (Int128)DModel) + (NumLayers * (attention + feedForward));
        }
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range or does not fit another; the message names both.</exception>
    public void Validate()
    {
        ConfigGuard.Positive(VocabSize);
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumLayers);
        ConfigGuard.Positive(NumHeads);
        ConfigGuard.Positive(DFeedForward);
        ConfigGuard.Positive(MaxLength);
        int numKeyHeads = NumKeyHeads ?? NumHeads, headDim = HeadDim ?? 1, window = Window ?? 1;
        ConfigGuard.Positive(numKeyHeads);
        ConfigGuard.Positive(headDim);
        ConfigGuard.Positive(window);
        ConfigGuard.Divides(numKeyHeads, NumHeads);
        if (HeadDim is null)
        {
            ConfigGuard.Divides(NumHeads, DModel);
        }

        headDim = HeadDim ?? (DModel / NumHeads);
        ValidateRotary(headDim);

        ConfigGuard.Matrix(NumHeads, headDim);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(DFeedForward, DModel);
        ConfigGuard.Matrix(MaxLength, Rotary is null ? DModel : 1);
        int queryWidth = NumHeads * headDim;
        ConfigGuard.Matrix(queryWidth, DModel);
        ConfigGuard.Probability(Dropout);
        ConfigGuard.Probability(AttentionDropout);
        if (!(NormEpsilon >= 0 && float.IsFinite(NormEpsilon)))
        {
            throw new ConfigException(FormattableString.Invariant($"normEpsilon is {NormEpsilon}; it must be a small positive number"));
        }
    }

    private void ValidateRotary(int headDim)
    {
        if (Rotary is null)
        {
            return;
        }

        if (headDim % 2 != 0 || headDim > MostHeadDim)
        {
            throw new ConfigException($"rotary positions turn pairs of elements, and headDim {headDim} is {(headDim > MostHeadDim ? $"more than {MostHeadDim}" : "odd")}");
        }

        if (!(Rotary.Theta > 0 && float.IsFinite(Rotary.Theta)))
        {
            throw new ConfigException(FormattableString.Invariant($"the base of the rotary positions is {Rotary.Theta}; it must be a positive number"));
        }

        try
        {
            _ = Rotary.Frequencies(headDim);
        }
        catch (ArgumentException error)
        {
            throw new ConfigException($"the rotary positions {Rotary} cannot be computed: {error.Message}", error);
        }
    }

    internal TransformerLayerConfig Layer() => new()
    {
        DModel = DModel,
        NumHeads = NumHeads,
        DFeedForward = DFeedForward,
        Activation = Activation,
        Gated = Gated,
        FeedForwardBias = FeedForwardBias,
        Norm = Norm,
        NormPlacement = NormPlacement.PreNorm,
        NormEpsilon = NormEpsilon,
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        Attention = new MultiHeadAttentionConfig
        {
            DModel = DModel,
            NumHeads = NumHeads,
            NumKeyHeads = NumKeyHeads,
            HeadDim = HeadDim,
            InputBias = InputBias,
            OutputBias = OutputBias,
            Rotary = Rotary,
        },
    };
}
