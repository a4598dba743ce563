using System.Collections.Immutable;
using Heed.Models.Generation;
using Heed.Models.Generation.Processors;

namespace Heed.Models.Tests.Generation;

/// <summary>Every processor on the distribution 0.5, 0.25, 0.15, 0.1, by hand.</summary>
public sealed class LogitsProcessorTests
{
    private const float No = float.NegativeInfinity;

    private static readonly float[] Probabilities = [0.1f, 0.5f, 0.15f, 0.25f];

    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1 3")]
    [InlineData(4, "0 1 2 3")]
    [InlineData(9, "0 1 2 3")]
    public void Top_k_leaves_the_likeliest(int k, string left) => Assert.Equal(left, Left(new TopKProcessor(k)));

    [Fact]
    public void Top_k_leaves_all_that_are_as_likely_as_the_last()
    {
        float[] row = [1, 2, 1, 0];
        new TopKProcessor(2).Apply(row, default);
        Assert.Equal([1, 2, 1, No], row);
    }

    [Theory]
    [InlineData(0.01, "1")]
    [InlineData(0.49, "1")]
    [InlineData(0.51, "1 3")]
    [InlineData(0.74, "1 3")]
    [InlineData(0.76, "1 2 3")]
    [InlineData(0.95, "0 1 2 3")]
    public void Top_p_leaves_the_fewest_that_add_up_to_p(double p, string left) => Assert.Equal(left, Left(new TopPProcessor(p)));

    [Theory]
    [InlineData(0.1, "0 1 2 3")]
    [InlineData(0.25, "1 2 3")]
    [InlineData(0.4, "1 3")]
    [InlineData(1, "1")]
    public void Min_p_leaves_those_at_least_p_times_as_likely_as_the_likeliest(double p, string left) => Assert.Equal(left, Left(new MinPProcessor(p)));

    // Surprises are 2.303, 0.693, 1.897, 1.386 and their expectation is 1.208, so by distance the tokens are 3 (0.178), 1 (0.515), 2 (0.689), 0 (1.095).
    [Theory]
    [InlineData(0.2, "3")]
    [InlineData(0.3, "1 3")]
    [InlineData(0.8, "1 2 3")]
    [InlineData(0.95, "0 1 2 3")]
    public void Typical_leaves_those_of_about_the_expected_surprise(double mass, string left) => Assert.Equal(left, Left(new TypicalProcessor(mass)));

    [Fact]
    public void Temperature_divides() => AssertRow(new TemperatureProcessor(0.5), [1, -2, 0, No], [2, -4, 0, No], []);

    [Fact]
    public void The_repetition_penalty_lowers_positive_and_negative_logits_once_each() =>
        AssertRow(new RepetitionPenaltyProcessor(2), [4, -4, 3, 1], [2, -8, 3, 1], [0, 1, 1], promptLength: 1);

    [Fact]
    public void Count_penalties_look_at_the_output_alone() =>
        AssertRow(new CountPenaltyProcessor(frequency: 0.5, presence: 0.25), [4, 4, 4, 4], [4, 2.75f, 3.25f, 4], [0, 0, 1, 1, 2], promptLength: 2);

    [Theory]
    [InlineData(1, "3")] // every token that was written is out
    [InlineData(2, "0 3")] // 1 was followed by 2 and by 1
    [InlineData(3, "0 1 3")] // 1 1 was followed by 2
    [InlineData(4, "0 1 2 3")]
    public void No_run_of_tokens_is_written_twice(int size, string left) =>
        Assert.Equal(left, Left(new NoRepeatNgramProcessor(size), written: [1, 1, 2, 0, 1, 1]));

    [Fact]
    public void Biases_are_added() =>
        AssertRow(new LogitBiasProcessor(ImmutableSortedDictionary<int, double>.Empty.Add(1, 5).Add(3, -100)), [0, 1, 2, 3], [0, 6, 2, -97], []);

    [Fact]
    public void Tokens_are_suppressed_until_the_output_is_long_enough()
    {
        var processor = new SuppressedTokensProcessor([2], untilLength: 2);
        AssertRow(processor, [0, 0, 0, 0], [0, 0, No, 0], [7, 7, 7], promptLength: 2);
        AssertRow(processor, [0, 0, 0, 0], [0, 0, 0, 0], [7, 7, 7], promptLength: 1);
        AssertRow(new SuppressedTokensProcessor([0, 3]), [0, 0, 0, 0], [No, 0, 0, No], [1, 1, 1]);
    }

    [Fact]
    public void The_pipeline_has_what_the_options_ask_for_in_the_librarys_order()
    {
        var all = new GenerationOptions
        {
            LogitBias = ImmutableSortedDictionary<int, double>.Empty.Add(1, 1), RepetitionPenalty = 2, PresencePenalty = 1, NoRepeatNgramSize = 3, MinNewTokens = 1,
            SuppressedTokens = [1], Temperature = 0.7, TopK = 5, TopP = 0.9, MinP = 0.1, TypicalP = 0.9,
        };
        Type[] order =
        [
            typeof(LogitBiasProcessor), typeof(RepetitionPenaltyProcessor), typeof(CountPenaltyProcessor), typeof(NoRepeatNgramProcessor),
            typeof(SuppressedTokensProcessor), typeof(SuppressedTokensProcessor),
            typeof(TemperatureProcessor), typeof(TopKProcessor), typeof(TopPProcessor), typeof(MinPProcessor), typeof(TypicalProcessor),
        ];
        Assert.Equal(order, new LogitsPipeline(all).Processors.Select(processor => processor.GetType()));
        Assert.Empty(new LogitsPipeline(new GenerationOptions()).Processors);
    }

    [Fact]
    public void At_least_one_token_is_always_left()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            double p = random.NextDouble() + 1e-9;
            foreach (LogitsProcessor processor in (LogitsProcessor[])[new TopKProcessor(1 + random.Next(5)), new TopPProcessor(p), new MinPProcessor(p), new TypicalProcessor(p)])
            {
                float[] before = [.. Enumerable.Range(0, 40).Select(_ => random.Next(4) == 0 ? No : random.Next(6)), 1];
                float[] row = [.. before];
                processor.Apply(row, default);
                Assert.True(row.Any(float.IsFinite), $"seed {seed}, {processor.GetType().Name}");
                Assert.All(row.Zip(before), pair => Assert.True(pair.First == pair.Second || float.IsNegativeInfinity(pair.First), $"seed {seed}"));
            }
        }
    }

    private static string Left(LogitsProcessor processor, int[]? written = null)
    {
        float[] row = [.. Probabilities.Select(probability => MathF.Log(probability))];
        processor.Apply(row, new WrittenTokens(written, 0));
        return string.Join(' ', Enumerable.Range(0, row.Length).Where(token => float.IsFinite(row[token])));
    }

    private static void AssertRow(LogitsProcessor processor, float[] row, float[] expected, int[] written, int promptLength = 0)
    {
        processor.Apply(row, new WrittenTokens(written, promptLength));
        Assert.Equal(expected, row);
    }
}
