using System.Globalization;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Schedules;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Testing.Book;

namespace Heed.Nn.Tests.Book;

/// <summary>The numbers of The Annotated Transformer.</summary>
public sealed class AnnotatedTransformerTests
{
    [Fact]
    [Book("at.noam")]
    public void Learning_rates()
    {
        BookEntry entry = BookEntry.Load("at.noam");
        foreach (string setting in entry.Texts("input/settings"))
        {
            int[] sizes = [.. setting.Split(':').Select(Number)];
            InverseSquareRootSchedule schedule = InverseSquareRootSchedule.ForModel(sizes[0], sizes[1]);
            foreach (string step in entry.Keys($"expected/{setting}"))
            {
                double expected = entry.Number($"expected/{setting}/{step}"), actual = schedule.ExactAt(Math.Max(1, Number(step))); // step 0 counts as 1 there
                Assert.True(Math.Abs(expected - actual) <= entry.Number("tolerance/relative") * expected, $"{setting}, step {step}: {actual:R}, expected {expected:R}");
            }
        }
    }

    [Fact]
    [Book("at.positional")]
    public void Sinusoidal_positions()
    {
        BookEntry entry = BookEntry.Load("at.positional");
        double tolerance = entry.Number("tolerance");
        var positions = new SinusoidalPositions((int)entry.Number("input/d_model"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2f), positions.Forward(new[] { 0 }).ToArray());
        foreach (string position in entry.Keys("expected/dims4_5_6_7"))
        {
            float[] row = positions.Forward(new[] { Number(position) }).ToArray();
            Assert.Equal(entry.Numbers($"expected/dims4_5_6_7/{position}"), row[4..8].Select(value => (double)value), (a, b) => Math.Abs(a - b) <= tolerance);
            Assert.Equal(Math.Sqrt(10), Math.Sqrt(row.Sum(value => (double)value * value)), 1e-5);
        }

        float[] wide = new SinusoidalPositions(512).Forward(new[] { 1 }).ToArray();
        Assert.Equal(entry.Numbers("expected/d512_pos1_first6"), wide[..6].Select(value => (double)value), (a, b) => Math.Abs(a - b) <= tolerance);
        Assert.Equal(entry.Numbers("expected/d512_pos1_last2"), wide[^2..].Select(value => (double)value), (a, b) => Math.Abs(a - b) <= tolerance);
        Assert.Equal(entry.Number("expected/wavelength_dim4_5"), 2 * Math.PI * Math.Pow(10000, 4.0 / 20), 1e-6);
    }

    // There a share s is spread over the classes other than the target and padding; here a share s' over all classes but padding.
    // Both give one distribution when s' = s (K + 1) / K for K other classes. The gradient of the loss, softmax minus the target's
    // distribution, shows what the loss really aims at. The divergence that is printed there is infinite, by a division of 0 by 0.
    [Fact]
    [Book("at.label_smoothing")]
    public void Smoothed_targets()
    {
        BookEntry entry = BookEntry.Load("at.label_smoothing");
        int[] targets = [.. entry.Numbers("input/targets").Select(target => (int)target - 1)]; // without the column of padding, which becomes -1
        Tensor logits = Tensor.Zeros(new Shape(targets.Length, 4)).WithGradient();
        using Tape tape = Tape.Begin();
        tape.Backward(new CrossEntropyLoss(0.4f * 4 / 3, ignoredTarget: -1, LossReduction.Sum).Forward(logits, targets));
        float[] gradient = logits.Gradient!.ToArray();
        double[] expected = entry.Numbers("expected/true_dist");
        for (int row = 0; row < targets.Length; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                double aimed = targets[row] < 0 ? -gradient[(row * 4) + column] : 0.25 - gradient[(row * 4) + column];
                Assert.Equal(expected[(row * 5) + column + 1], aimed, entry.Number("tolerance"));
            }
        }
    }

    [Fact]
    [Book("at.mask")]
    public void The_causal_mask()
    {
        BookEntry entry = BookEntry.Load("at.mask");
        int n = (int)entry.Number("input/n");
        AttentionSettings settings = AttentionPattern.CausalWithin(Segments.FromLengths(n)).ToSettings(1);
        var weights = new AttentionWeights(settings);
        Tensor x = Tensor.Zeros(new Shape(n, 4));
        ScaledDotProductAttention.Forward(x, x, x, settings, weights);
        Assert.Equal(entry.Number("expected/true_count"), weights[0, 0].Cast<float>().Count(weight => weight > 0));
    }

    // Its LayerNorm divides by (unbiased deviation + 1e-6) where everybody else takes the root of (variance + epsilon): a known trap that Heed
    // does not follow. What the two differ by is known, so weights trained with one can be judged with the other.
    [Fact]
    [Book("at.quirks")]
    public void Its_normalisation_differs_by_a_known_factor()
    {
        Tensor x = RandomTensor.Normal(1, new Shape(3, 16));
        float[] ours = new LayerNorm(16, 1e-12f).Forward(x).ToArray();
        float[] theirs = [.. x.ToArray().Chunk(16).SelectMany(row =>
        {
            double mean = row.Average(value => (double)value), deviation = Math.Sqrt(row.Sum(value => (value - mean) * (value - mean)) / 15);
            return row.Select(value => (float)((value - mean) / (deviation + 1e-6)));
        })];
        TensorAssert.Close(theirs, Ops.Scale(Tensor.From(ours), MathF.Sqrt(15f / 16)).Values, 1e-5, "unbiased normalisation");
    }

    // What else it does is a choice of Heed's configuration, or the same to the last bit. Its settings for Multi30k and the names of its
    // special tokens are facts about its own script.
    [Fact]
    [Book("at.quirks")]
    public void Its_other_choices_can_be_made_here()
    {
        var random = new SeededRandom(1);
        var layer = new TransformerLayerConfig { DModel = 8, NumHeads = 2, DFeedForward = 16, NormPlacement = NormPlacement.PreNorm };
        Assert.NotNull(new TransformerEncoder(layer, 1, random).FinalNorm);
        Assert.NotNull(new TransformerDecoder(layer, 1, random).FinalNorm);

        var scaled = new Embedding(5, 16, random, MathF.Sqrt(16));
        Assert.Equal(scaled.Weight.Values[..16].ToArray().Select(value => 4 * value), scaled.Forward(new[] { 0 }).ToArray());

        double bound = Math.Sqrt(6.0 / (16 + 8)); // Xavier-uniform, which is what a linear layer begins with
        float[] weight = new Linear(16, 8, random).Weight.ToArray();
        Assert.InRange(weight.Max(value => Math.Abs(value)), 0.9 * bound, bound);

        Tensor scores = Tensor.From([0.5f, -1e9f, 2f, -1e9f], new Shape(1, 4)); // its fill of masked scores
        float[] weights = Ops.Softmax(scores).ToArray();
        Assert.Equal((0f, 0f), (weights[1], weights[3]));
        TensorAssert.Close(Ops.Softmax(Tensor.From([0.5f, 2f], new Shape(1, 2))).Values, new[] { weights[0], weights[2] }, 1e-7, "softmax of what is allowed");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
