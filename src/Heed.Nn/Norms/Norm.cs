using Heed.Tensors;

namespace Heed.Nn.Norms;

/// <summary>Normalisation of each row, with learned parameters.</summary>
public abstract class Norm : Module
{
    /// <summary>Creates a layer of a kind.</summary>
    /// <param name="kind">Which statistics a row is divided by.</param>
    /// <param name="dModel">The length of a row.</param>
    /// <param name="epsilon">Added to the variance or the mean square.</param>
    public static Norm Create(NormKind kind, int dModel, float epsilon) => kind switch
    {
        NormKind.LayerNorm => new LayerNorm(dModel, epsilon),
        NormKind.RmsNorm => new RmsNorm(dModel, epsilon),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of normalisation"),
    };

    /// <summary>Normalises each row.</summary>
    /// <param name="x">[..., dModel].</param>
    /// <returns>The shape of <paramref name="x"/>.</returns>
    public abstract Tensor Forward(Tensor x);
}
