using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;

namespace Heed.Benchmarks;

/// <summary>Operands without any pattern.</summary>
internal static class RandomTensor
{
    public static Tensor Normal(Device device, ulong seed, params int[] shape)
    {
        var random = new SeededRandom(seed);
        Tensor tensor = Tensor.Uninitialized(new Shape(shape), device);
        foreach (ref float value in tensor.MutableValues())
        {
            value = (float)random.NextNormal();
        }

        return tensor;
    }
}
