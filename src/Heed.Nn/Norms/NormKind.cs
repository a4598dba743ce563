namespace Heed.Nn.Norms;

/// <summary>Kinds of normalisation.</summary>
public enum NormKind
{
    /// <summary>Mean 0 and variance 1, then a gain and a bias: see <see cref="Norms.LayerNorm"/>.</summary>
    LayerNorm,

    /// <summary>Mean square 1, then a gain: see <see cref="Norms.RmsNorm"/>.</summary>
    RmsNorm,
}
