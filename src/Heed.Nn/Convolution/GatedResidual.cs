using Heed.Tensors;

namespace Heed.Nn.Convolution;

/// <summary>The sum of two branches, scaled so that its variance is theirs.</summary>
internal static class GatedResidual
{
    private static readonly float RootHalf = MathF.Sqrt(0.5f);

    /// <summary>
    /// The factor on Xavier's range with which a gated convolution keeps the variance of what goes in: weights of variance 4 (1 - p) / n, with
    /// n inputs dropped with probability p, because the gate takes three quarters away.
    /// </summary>
    /// <remarks>Gehring et al. 2017, section 3.5 and appendix A.2.</remarks>
    /// <param name="inputs">The numbers that one output is computed of.</param>
    /// <param name="outputs">The outputs, before the gate.</param>
    /// <param name="dropout">Dropout before the convolution.</param>
    public static float Gain(int inputs, int outputs, float dropout) => MathF.Sqrt(2 * (1 - dropout) * (inputs + outputs) / inputs);

    /// <summary>(a + b) sqrt(0.5): Gehring et al. 2017, section 3.4.</summary>
    public static Tensor Mean(Tensor a, Tensor b) => Ops.Scale(Ops.Add(a, b), RootHalf);
}
