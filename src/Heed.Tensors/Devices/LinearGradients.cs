namespace Heed.Tensors.Devices;

/// <summary>Where <see cref="Device.LinearCrossEntropy"/> writes gradients, overwriting what is there.</summary>
/// <param name="Input">The gradient of the layer's input, [rows, in].</param>
/// <param name="Weight">The gradient of its weight, [classes, in], or null where none is wanted.</param>
/// <param name="Bias">The gradient of its bias, [classes], or null where none is wanted.</param>
/// <param name="Upstream">The gradient of every row's loss.</param>
public sealed record LinearGradients(Tensor Input, Tensor? Weight, Tensor? Bias, float Upstream);
