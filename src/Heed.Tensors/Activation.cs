namespace Heed.Tensors;

/// <summary>An elementwise nonlinearity.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x * Phi(x) with the exact normal distribution function (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>The tanh approximation of <see cref="Gelu"/>, used by GPT-2.</summary>
    GeluTanh,

    /// <summary>x * sigmoid(x), also called swish (Elfwing et al. 2017).</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,
}
