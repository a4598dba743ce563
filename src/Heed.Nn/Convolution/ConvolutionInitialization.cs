namespace Heed.Nn.Convolution;

/// <summary>How the weight of a convolution begins, and what of it is trained.</summary>
/// <param name="Gain">A factor on the range of Xavier's distribution.</param>
/// <param name="IsNormalized">Whether the length and the direction of each row are trained apart: weight normalisation.</param>
public readonly record struct ConvolutionInitialization(float Gain = 1f, bool IsNormalized = false)
{
    /// <summary>For a convolution that a gated linear unit follows: weights of variance 4 (1 - p) / n, because the gate takes three quarters away.</summary>
    /// <param name="inputs">n, the numbers that one output is computed of.</param>
    /// <param name="outputs">The outputs, before the gate.</param>
    /// <param name="dropout">p, dropout before the convolution.</param>
    /// <param name="isNormalized">Whether length and direction are trained apart.</param>
    /// <remarks>Gehring et al. 2017, section 3.5 and appendix A.2.</remarks>
    public static ConvolutionInitialization BeforeGate(int inputs, int outputs, float dropout, bool isNormalized) =>
        new(MathF.Sqrt(2 * (1 - dropout) * (inputs + outputs) / inputs), isNormalized);
}
