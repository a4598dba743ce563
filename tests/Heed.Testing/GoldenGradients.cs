using Heed.Tensors;
using Xunit;

namespace Heed.Testing;

/// <summary>Compares a model's gradients with PyTorch's.</summary>
public static class GoldenGradients
{
    /// <summary>Asserts that the gradient of every parameter is close to the expected one.</summary>
    /// <param name="expected">The gradients, under the parameters' names.</param>
    /// <param name="parameters">All parameters of the model.</param>
    /// <param name="tolerance">The largest difference, relative to the largest element of the same gradient.</param>
    public static void Check(IReadOnlyDictionary<string, Tensor> expected, IEnumerable<(string Name, Tensor Tensor)> parameters, double tolerance)
    {
        float largest = expected.Values.Max(gradient => gradient.Values.ToArray().Max(MathF.Abs));
        var missed = new HashSet<string>(expected.Keys);
        foreach ((string name, Tensor parameter) in parameters)
        {
            missed.Remove(name);
            Assert.True(parameter.Gradient is not null, $"no gradient reached {name}");
            if (name.EndsWith("k_proj.bias", StringComparison.Ordinal))
            {
                // A bias of keys moves all scores of a query alike, which softmax does not notice: what either side reports is rounding.
                Assert.All(parameter.Gradient.ToArray(), value => Assert.True(MathF.Abs(value) <= tolerance * largest, $"gradient of {name} is {value:G4}, not 0"));
            }
            else
            {
                TensorAssert.Close(expected[name].Values, parameter.Gradient.Values, tolerance, $"gradient of {name}");
            }
        }

        Assert.Empty(missed);
    }
}
