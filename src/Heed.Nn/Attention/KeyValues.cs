using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>What queries attend to: the projected keys and values of one attention layer.</summary>
/// <param name="Keys">[rows, dModel].</param>
/// <param name="Values">[rows, dModel].</param>
public readonly record struct KeyValues(Tensor Keys, Tensor Values);
