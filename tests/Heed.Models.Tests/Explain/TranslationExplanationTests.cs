using Heed.Models.Explain;

namespace Heed.Models.Tests.Explain;

public sealed class TranslationExplanationTests
{
    private static readonly TranslationExplanation Good = SampleExplanations.Short(layers: 1, heads: 1);

    [Fact]
    public void A_whole_explanation_is_valid() => Good.Validate();

    [Fact]
    public void Lengths_that_do_not_fit_are_named_with_both_numbers()
    {
        Says(Good with { SourceTokens = ["a"] }, "is [12, 12] but its tokens ask for [1, 1]");
        Says(Good with { DecoderInputTokens = ["<s>"] }, "1 decoder inputs and 13 target tokens");
        Says(Good with { TokenLogProbabilities = [-1] }, "1 log-probabilities for 13 target tokens");
        Says(Good with { SourceTokens = [] }, "0 source and 13 target tokens");
    }

    [Fact]
    public void A_number_that_is_no_weight_is_refused()
    {
        foreach (var wrong in new[] { float.NaN, -0.5f, 1.5f, float.PositiveInfinity })
        {
            var weights = (float[,])Good.Maps[0].Weights.Clone();
            weights[2, 3] = wrong;
            Says(Good with { Maps = [Good.Maps[0] with { Weights = weights }] }, "at query 2, key 3; an attention weight lies between 0 and 1");
        }
    }

    [Fact]
    public void Unknown_kinds_and_repeated_maps_are_refused()
    {
        Says(Good with { Maps = [Good.Maps[0] with { Kind = "self" }] }, "'self'; it is one of encoder, decoder, cross");
        Says(Good with { Maps = [Good.Maps[0], Good.Maps[0]] }, "holds the encoder map of layer 1, head 1 twice");
        Says(Good with { Maps = [Good.Maps[0] with { Layer = -1 }] }, "layer -1");
    }

    [Fact]
    public void A_log_probability_above_zero_is_refused()
    {
        var wrong = Enumerable.Repeat(-1.0, Good.TargetTokens.Count).ToArray();
        wrong[4] = 0.5;
        Says(Good with { TokenLogProbabilities = wrong }, "token 4 the log-probability 0.5");
    }

    private static void Says(TranslationExplanation explanation, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(explanation.Validate).Message, StringComparison.Ordinal);
}
