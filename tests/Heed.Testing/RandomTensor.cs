using Heed.Tensors;

namespace Heed.Testing;

/// <summary>Seeded random tensors for tests.</summary>
public static class RandomTensor
{
    /// <summary>Elements drawn from a normal distribution.</summary>
    public static Tensor Normal(int seed, Shape shape, float deviation = 1f)
    {
        var random = new Random(seed);
        var values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = deviation * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return Tensor.From(values, shape);
    }

    /// <summary>A fresh seed, to be printed with a failure.</summary>
    public static int FreshSeed() => Random.Shared.Next();
}
