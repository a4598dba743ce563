using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

/// <summary>Luong's attention with several queries for each sequence.</summary>
public sealed class LuongQueriesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_the_average_that_its_equation_says(bool general)
    {
        LuongAttention attention = general ? LuongAttention.General(3, 3, new SeededRandom(1)) : LuongAttention.Dot();
        Tensor query = RandomTensor.Normal(2, new Shape(2, 3)), memory = RandomTensor.Normal(3, new Shape(4, 3));
        Tensor asking = attention.QueryProjection?.Forward(query) ?? query;
        Tensor expected = Ops.MatMul(Ops.Softmax(Ops.MatMul(asking, memory, transposeB: true)), memory);
        Tensor actual = attention.Forward(query, attention.Project(memory), new AttentionPattern(Segments.FromLengths(2), Segments.FromLengths(4)));
        TensorAssert.Close(expected, actual, 1e-6, "context");
    }

    [Fact]
    public void Gradients_pass_finite_differences()
    {
        LuongAttention attention = LuongAttention.General(3, 2, new SeededRandom(4));
        var pattern = new AttentionPattern(Segments.FromLengths(2, 1), Segments.FromLengths(3, 2));
        Tensor[] inputs = [RandomTensor.Normal(5, new Shape(3, 3)), RandomTensor.Normal(6, new Shape(5, 2)), .. attention.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => attention.Forward(x[0], new KeyValues(x[1], x[1]), pattern), inputs);
    }
}
