using Heed.Tensors;

namespace Heed.Nn;

/// <summary>A parameter and its full name, as checkpoints know it.</summary>
/// <param name="Name">For example <c>encoder.layers.0.self_attn.q_proj.weight</c>.</param>
/// <param name="Tensor">The values, and their gradient.</param>
public readonly record struct NamedParameter(string Name, Tensor Tensor);
