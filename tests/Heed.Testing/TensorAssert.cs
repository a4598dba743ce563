using Heed.Tensors;
using Xunit;

namespace Heed.Testing;

/// <summary>Comparisons of tensors that say where and by how much they differ.</summary>
public static class TensorAssert
{
    /// <summary>Asserts that the largest difference is within a tolerance relative to the largest expected element.</summary>
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements, expected {expected.Length}");
        double scale = 1e-30;
        double worst = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            double difference = expected[i].Equals(actual[i]) ? 0 : Math.Abs((double)expected[i] - actual[i]);
            if (!(difference <= worst))
            {
                (worst, at) = (difference, i);
            }
        }

        Assert.True(worst <= tolerance * scale, expected.Length == 0 ? what : $"{what}: element {at} is {actual[at]:G9}, expected {expected[at]:G9}; difference {worst:G3} is more than {tolerance:G3} of the largest element {scale:G4}");
    }

    /// <summary>Asserts that shapes are equal and values close: see the overload for spans.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.Shape.ToString(), actual.Shape.ToString());
        Close(expected.Values, actual.Values, tolerance, what);
    }

    /// <summary>Asserts that every element has the same bits.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements, expected {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"{what}: element {i} is {actual[i]:G9}, expected exactly {expected[i]:G9}");
        }
    }
}
