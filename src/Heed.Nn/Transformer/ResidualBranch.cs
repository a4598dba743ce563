using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>What surrounds every sub-layer: dropout, the residual addition, and normalisation before or after.</summary>
internal sealed class ResidualBranch(TransformerLayerConfig config)
{
    public Norm Norm { get; } = config.CreateNorm();

    public Tensor Forward(Tensor x, Func<Tensor, Tensor> subLayer, DropoutSource? dropout) => config.NormPlacement switch
    {
        NormPlacement.PreNorm => dropout.AddDropped(x, subLayer(Norm.Forward(x)), config.Dropout),
        _ => Norm.Forward(dropout.AddDropped(x, subLayer(x), config.Dropout)),
    };
}
