using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

public sealed class CausalWeightsTests
{
    [Fact]
    public void Both_ways_and_the_operation_agree_over_random_scores()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        for (int round = 0; round < 10; round++)
        {
            int tokens = random.Next(1, 40);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(tokens, 5));
            AttentionPattern pattern = AttentionPattern.CausalWithin(Segments.FromLengths(tokens));
            var weights = new AttentionWeights(SimplifiedSelfAttention.Settings(pattern));
            SimplifiedSelfAttention.Forward(x, pattern, weights);
            Tensor scores = Ops.MatMul(x, x, transposeB: true);
            string what = $"seed {seed}, round {round}, {tokens} tokens";
            TensorAssert.Close(CausalWeights.ByMasking(scores), CausalWeights.ByRenormalizing(scores), 2e-5, what);
            TensorAssert.Close(CausalWeights.ByMasking(scores).Values, weights[0, 0].Cast<float>().ToArray(), 2e-5, what + ", operation");
        }
    }

    [Fact]
    public void Gradients_of_masking_pass_finite_differences() =>
        GradientCheck.Run(x => CausalWeights.ByMasking(x[0]), [RandomTensor.Normal(1, new Shape(4, 4))]);

    [Fact]
    public void Scores_must_be_square() =>
        Assert.Contains("[2, 3]", Assert.Throws<ShapeException>(() => CausalWeights.ByMasking(Tensor.Zeros(new Shape(2, 3)))).Message, StringComparison.Ordinal);
}
