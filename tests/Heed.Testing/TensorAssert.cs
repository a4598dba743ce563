using Heed.Tensors;
using Xunit;

namespace Heed.Testing;

/// <summary>Comparisons of tensors that say where and by how much they differ.</summary>
public static class TensorAssert
{
    /// <summary>Asserts that the largest difference is within a tolerance relative to the largest finite expected element.</summary>
    /// <param name="expected">What is right.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="tolerance">The tolerance.</param>
    /// <param name="what">What is compared, for the message.</param>
    /// <param name="floor">The smallest size that the tolerance is taken relative to: for sums whose terms may cancel.</param>
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what, double floor = 1e-30)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements, expected {expected.Length}");
        double scale = floor;
        double worst = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            scale = float.IsFinite(expected[i]) ? Math.Max(scale, Math.Abs(expected[i])) : scale;
            double difference = expected[i].Equals(actual[i]) ? 0 : Math.Abs((double)expected[i] - actual[i]);
            if (!(difference <= worst))
            {
                (worst, at) = (difference, i);
            }
        }

        Assert.True(worst <= tolerance * scale, expected.Length == 0 ? what : $"{what}: element {at} is {actual[at]:G9}, expected {expected[at]:G9}; difference {worst:G3} is more than {tolerance:G3} of the largest element {scale:G4}");
    }

    /// <summary>Asserts that shapes are equal and values close: see the overload for spans.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance, string what, double floor = 1e-30)
    {
        Assert.Equal(expected.Shape.ToString(), actual.Shape.ToString());
        Close(expected.Values, actual.Values, tolerance, what, floor);
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
