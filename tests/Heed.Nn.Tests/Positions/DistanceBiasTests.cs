using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Positions;

public sealed class DistanceBiasTests
{
    // Press et al. 2022, section 3, name both: 1/2, 1/4, ... 1/256 for 8 heads, and every second of 16 for the rest of 12.
    [Fact]
    public void Slopes_of_the_paper()
    {
        Assert.Equal([0.5f, 0.25f, 0.125f, 0.0625f, 0.03125f, 0.015625f, 0.0078125f, 0.00390625f], new AlibiBias(8).Slopes);
        float[] twelve = [.. new AlibiBias(8).Slopes, .. new AlibiBias(16).Slopes.Where((_, i) => i % 2 == 0).Take(4)];
        Assert.Equal(twelve, new AlibiBias(12).Slopes);
        Assert.Equal([MathF.Pow(2, -8)], new AlibiBias(1).Slopes);
    }

    [Fact]
    public void Alibi_takes_a_slope_for_every_token_of_distance()
    {
        var alibi = new AlibiBias(2);
        Assert.Equal([-2f, -1f, 0f, -1f, -2f], alibi.Forward(3).ToArray()[..5].Select(value => value / alibi.Slopes[0]));
    }

    // The table of Hugging Face's T5 with 32 buckets and maxDistance 128.
    [Theory]
    [InlineData(true, -200, 15)]
    [InlineData(true, -128, 15)]
    [InlineData(true, -15, 9)]
    [InlineData(true, -16, 10)]
    [InlineData(true, -8, 8)]
    [InlineData(true, -7, 7)]
    [InlineData(true, 0, 0)]
    [InlineData(true, 1, 17)]
    [InlineData(true, 7, 23)]
    [InlineData(true, 64, 30)]
    [InlineData(true, 1000, 31)]
    [InlineData(false, 5, 0)]
    [InlineData(false, -15, 15)]
    [InlineData(false, -16, 16)]
    [InlineData(false, -32, 21)]
    [InlineData(false, -64, 26)]
    [InlineData(false, -127, 31)]
    public void Buckets_of_T5(bool bothSides, int distance, int bucket) => Assert.Equal(bucket, new RelativePositionBias(2, null, bothSides).Bucket(distance));

    [Fact]
    public void A_bias_reaches_the_weights_of_its_head_and_distance()
    {
        var bias = new RelativePositionBias(2, new SeededRandom(1), bothSides: true, numBuckets: 8, maxDistance: 16);
        Segments five = Segments.FromLengths(5);
        AttentionSettings settings = bias.AddTo(AttentionPattern.Within(five)).ToSettings(2);
        var weights = new AttentionWeights(settings);
        Tensor nothing = Tensor.Zeros(new Shape(5, 4));
        ScaledDotProductAttention.Forward(nothing, nothing, nothing, settings, weights);
        for (int head = 0; head < 2; head++)
        {
            for (int i = 0; i < 5; i++)
            {
                float[] scores = [.. Enumerable.Range(0, 5).Select(j => bias.Weight.Values[(bias.Bucket(j - i) * 2) + head])];
                TensorAssert.Close(Ops.Softmax(Tensor.From(scores)).Values, Enumerable.Range(0, 5).Select(j => weights[0, head][i, j]).ToArray(), 1e-6, $"head {head}, query {i}");
            }
        }
    }

    [Fact]
    public void A_bias_that_is_too_short_is_named()
    {
        AttentionPattern pattern = AttentionPattern.Within(Segments.FromLengths(4)) with { DistanceBias = Tensor.Zeros(new Shape(1, 5)) };
        Tensor x = Tensor.Zeros(new Shape(4, 2));
        Assert.Contains("which need [1, 7]", Assert.Throws<ShapeException>(() => SimplifiedSelfAttention.Forward(x, pattern)).Message, StringComparison.Ordinal);
    }
}
