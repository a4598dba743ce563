using Heed.Tensors;

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

    /// <summary>Where layers normalise.</summary>
    public NormPlacement NormPlacement { get; init; } = NormPlacement.PostNorm;

    /// <summary>Dropout on the output of each sub-layer, before it is added to the residual stream.</summary>
    public float Dropout { get; init; }

    /// <summary>Dropout on attention weights.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>Dropout after the feed-forward network's nonlinearity.</summary>
    public float ActivationDropout { get; init; }

    /// <summary>What layer normalisation adds to the variance.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;
}
