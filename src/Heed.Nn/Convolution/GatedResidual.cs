using Heed.Tensors;

namespace Heed.Nn.Convolution;

/// <summary>The sum of two branches, scaled so that its variance is theirs.</summary>
internal static class GatedResidual
{
    private static readonly float RootHalf = MathF.Sqrt(0.5f);

    /// <summary>(a + b) sqrt(0.5): Gehring et al. 2017, section 3.4.</summary>
    public static Tensor Mean(Tensor a, Tensor b) => Ops.Scale(Ops.Add(a, b), RootHalf);
}
