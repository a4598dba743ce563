using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>The sizes and choices that all layers of a Transformer stack share.</summary>
public sealed record TransformerLayerConfig
{
    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>The number of attention heads; divides <see cref="DModel"/>.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The width inside the feed-forward network.</summary>
    public required int DFeedForward { get; init; }

    /// <summary>The nonlinearity of the feed-forward network.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Whether the feed-forward network has a gate, and then no biases: see <see cref="GatedFeedForward"/>.</summary>
    public bool Gated { get; init; }

    /// <summary>Whether a feed-forward network without a gate has biases.</summary>
    public bool FeedForwardBias { get; init; } = true;

    /// <summary>The attention of each layer; null has <see cref="NumHeads"/> heads of dModel / numHeads, with biases.</summary>
    public MultiHeadAttentionConfig? Attention { get; init; }

    /// <summary>How layers normalise.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Where layers normalise.</summary>
    public NormPlacement NormPlacement { get; init; } = NormPlacement.PostNorm;

    /// <summary>Dropout on the output of each sub-layer, before it is added to the residual stream.</summary>
    public float Dropout { get; init; }

    /// <summary>Dropout on attention weights.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>Dropout after the feed-forward network's nonlinearity.</summary>
    public float ActivationDropout { get; init; }

    /// <summary>What normalisation adds to the variance or the mean square.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    internal MultiHeadAttentionConfig ToAttention() =>
        (Attention ?? new MultiHeadAttentionConfig { DModel = DModel, NumHeads = NumHeads }) with { Dropout = AttentionDropout };

    internal Norm CreateNorm() => Norms.Norm.Create(Norm, DModel, NormEpsilon);

    internal FeedForwardNetwork CreateFeedForward(RandomSource? random) => Gated
        ? new GatedFeedForward(DModel, DFeedForward, Activation, random, ActivationDropout)
        : new FeedForward(DModel, DFeedForward, Activation, random, ActivationDropout, FeedForwardBias);
}
