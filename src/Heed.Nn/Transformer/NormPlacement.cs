namespace Heed.Nn.Transformer;

/// <summary>Where a Transformer layer normalises.</summary>
public enum NormPlacement
{
    /// <summary>After each residual addition, norm(x + sublayer(x)): the original (Vaswani et al. 2017, section 3.1).</summary>
    PostNorm,

    /// <summary>Before each sub-layer, x + sublayer(norm(x)), and once more at the end of the stack: easier to train deep (Xiong et al. 2020).</summary>
    PreNorm,
}
