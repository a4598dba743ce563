using Heed.Tensors;
using Heed.Tensors.Autograd;
using Xunit;

namespace Heed.Testing;

/// <summary>Compares recorded gradients with central finite differences.</summary>
public static class GradientCheck
{
    /// <summary>
    /// Checks d(sum(f(inputs) * upstream))/d(input) for every element of every input, with a fixed random upstream.
    /// </summary>
    /// <param name="function">The function; called many times, deterministic.</param>
    /// <param name="inputs">Its inputs, each small.</param>
    /// <param name="step">The finite difference.</param>
    /// <param name="tolerance">The largest difference, relative to the largest gradient of that input or 1.</param>
    /// <param name="steep">Whether the function bends so much within a step that differences over one and two steps must be combined.</param>
    public static void Run(Func<Tensor[], Tensor> function, Tensor[] inputs, float step = 1e-2f, double tolerance = 2e-3, bool steep = false)
    {
        foreach (Tensor input in inputs)
        {
            input.WithGradient().ClearGradient();
        }

        Tensor upstream;
        using (Tape tape = Tape.Begin())
        {
            Tensor y = function(inputs);
            upstream = RandomTensor.Normal(7, y.Shape).Keep();
            tape.Backward(y, upstream);
        }

        for (int n = 0; n < inputs.Length; n++)
        {
            float[] actual = (inputs[n].Gradient ?? throw new InvalidOperationException($"no gradient reached input {n}")).ToArray();
            var expected = new float[actual.Length];
            for (int i = 0; i < expected.Length; i++)
            {
                float original = inputs[n].Values[i];
                double slope = Slope(step);
                // With an error of order step^4 (Richardson) instead of step^2.
                expected[i] = (float)(steep ? ((4 * slope) - Slope(2 * step)) / 3 : slope);
                inputs[n].MutableValues()[i] = original;

                double Slope(float h) => (Evaluate(function, inputs, upstream, n, i, original + h) - Evaluate(function, inputs, upstream, n, i, original - h)) / (2.0 * h);
            }

            double scale = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                    $"gradient of input {n} at element {i} is {actual[i]:G6}, finite differences give {expected[i]:G6}");
            }
        }
    }

    private static double Evaluate(Func<Tensor[], Tensor> function, Tensor[] inputs, Tensor upstream, int n, int i, float value)
    {
        inputs[n].MutableValues()[i] = value;
        Tensor y = function(inputs);
        double sum = 0;
        for (int j = 0; j < y.Count; j++)
        {
            sum += (double)y.Values[j] * upstream.Values[j];
        }

        return sum;
    }
}
