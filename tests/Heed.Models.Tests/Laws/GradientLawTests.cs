using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Laws;

/// <summary>The gradient of every parameter of every model agrees with finite differences, dropout on.</summary>
public sealed class GradientLawTests
{
    [Theory]
    [MemberData(nameof(ModelVariants.Names), MemberType = typeof(ModelVariants))]
    public void Gradients_pass_finite_differences(string name)
    {
        ModelVariant variant = ModelVariants.Create(name, 1); // one draw: near a kink of ReLU, differences say nothing
        var input = ModelInput.Of([[3, 4, 5], [6]], [[7, 1], [8, 9, 2]]);
        GradientCheck.Run(_ => variant.Forward(input, new DropoutSource(8, 0)), [.. variant.Module.NamedParameters().Select(parameter => parameter.Tensor)], step: 3e-3f, steep: true);
    }
}
