using System.Collections.Immutable;
using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Generation;

/// <summary>Generation with a small random model: what the options promise holds for every token.</summary>
public sealed class TokenGeneratorTests
{
    [Fact]
    public void An_output_that_slides_goes_on_from_the_newer_half_of_what_it_has()
    {
        int seed = RandomTensor.FreshSeed();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        const int MaxLength = 9;
        var sizes = new NewModel { Family = NewModelFamily.Gpt2, VocabSize = 50, DModel = 16, NumLayers = 2, NumHeads = 2, MaxLength = MaxLength, EosId = 0 };
        var model = (CausalLanguageModel)PretrainedModel.Create(sizes.ToConfig(), new SeededRandom((ulong)seed)).Model;
        var options = new GenerationOptions { MaxNewTokens = 30, Slide = true, LoopGuard = null };
        int[][] prompts = [[3], [1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11, 12, 13]];
        IReadOnlyList<GeneratedSequence> together = new TokenGenerator(model).Generate([.. prompts.Select(prompt => new GenerationRequest(prompt, options))]);
        for (int i = 0; i < prompts.Length; i++)
        {
            var seen = new List<int>(prompts[i]);
            foreach (GeneratedToken token in together[i].Tokens)
            {
                if (seen.Count > MaxLength)
                {
                    seen.RemoveRange(0, seen.Count - (MaxLength / 2));
                }

                Tensor logits = model.Logits(seen.ToArray(), Segments.FromLengths(seen.Count));
                float[] last = logits.RowRange(seen.Count - 1, 1).ToArray();
                Assert.True(Array.IndexOf(last, last.Max()) == token.Token, $"seed {seed}, prompt {i}, after {string.Join(' ', seen)}");
                seen.Add(token.Token);
            }

            Assert.Equal(30, together[i].Tokens.Length);
            Assert.Equal(together[i].Tokens, new TokenGenerator(model).Generate([new GenerationRequest(prompts[i], options)])[0].Tokens);
            Assert.Equal(MaxLength - prompts[i].Length + 1, new TokenGenerator(model).Generate([new GenerationRequest(prompts[i], options with { Slide = false })])[0].Tokens.Length);
        }
    }

    private static readonly DecoderOnlyModel Model = Create();
    private static readonly int[][] Prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11], [2, 2]];
    private static readonly GenerationOptions Drawing = new() { Temperature = 1.5, MaxNewTokens = 20, Seed = 42, LoopGuard = null };

    [Fact]
    public void An_output_is_the_same_alone_and_in_any_company()
    {
        GenerationRequest[] requests = [.. Prompts.Select((prompt, i) => new GenerationRequest(prompt, Drawing with { MaxNewTokens = 8 + (4 * i), TopLogProbabilities = 3 }))];
        string[] together = Write(requests);
        Assert.Equal(together, requests.Select(request => Write([request])[0]));
        Array.Reverse(requests);
        Assert.Equal(together.Reverse(), Write(requests));
    }

    [Fact]
    public void The_seed_decides_and_streams_of_one_seed_differ()
    {
        GenerationRequest Request(ulong seed, int stream) => new(Prompts[0], Drawing with { Seed = seed }, stream);
        Assert.Equal(Write([Request(1, 0)]), Write([Request(1, 0)]));
        Assert.Equal(4, Write([Request(1, 0), Request(1, 1), Request(2, 0), Request(2, 1)]).Distinct().Count());
    }

    [Fact]
    public void Frequencies_of_first_tokens_are_the_models_probabilities()
    {
        const int Draws = 4000;
        GenerationRequest[] requests = [.. Enumerable.Range(0, Draws).Select(i => new GenerationRequest(Prompts[0], Drawing with { Temperature = 1, MaxNewTokens = 1, TopLogProbabilities = 12 }, i))];
        GeneratedToken[] tokens = [.. new TokenGenerator(Model).Generate(requests, TestContext.Current.CancellationToken).Select(output => output.Tokens[0])];
        foreach (TokenProbability expected in tokens[0].Alternatives)
        {
            double p = Math.Exp(expected.LogProbability);
            double share = tokens.Count(token => token.Token == expected.Token) / (double)Draws;
            Assert.True(Math.Abs(share - p) < 4.5 * Math.Sqrt(p * (1 - p) / Draws), $"token {expected.Token}: drawn {share}, probability {p}");
        }

        Assert.Equal(1, tokens[0].Alternatives.Sum(a => Math.Exp(a.LogProbability)), 6);
    }

    [Fact]
    public void Greedy_tokens_are_the_likeliest()
    {
        GeneratedSequence output = Generate(new GenerationOptions { TopLogProbabilities = 2, LoopGuard = null });
        Assert.All(output.Tokens, token => Assert.Equal((token.Token, token.LogProbability), (token.Alternatives[0].Token, token.Alternatives[0].LogProbability)));
        Assert.All(output.Tokens, token => Assert.True(token.Alternatives[0].LogProbability >= token.Alternatives[1].LogProbability));
    }

    [Fact]
    public void Outputs_end_for_the_reason_that_they_give()
    {
        int first = Generate(new GenerationOptions()).Tokens[0].Token;
        Assert.Equal((FinishReason.StopToken, 1), Ending(new GenerationOptions { StopTokens = [first] }));
        Assert.Equal((FinishReason.Length, 5), Ending(new GenerationOptions { MaxNewTokens = 5, LoopGuard = null }));
        Assert.Equal((FinishReason.Length, Model.MaxLength - Prompts[0].Length + 1), Ending(new GenerationOptions { MaxNewTokens = 5000, LoopGuard = null }));
        Assert.Equal((FinishReason.NothingAllowed, 0), Ending(new GenerationOptions { SuppressedTokens = [.. Enumerable.Range(0, Model.VocabSize)] }));
        Assert.Equal((FinishReason.Loop, 16), Ending(new GenerationOptions { LoopGuard = new LoopGuardOptions { MinTokens = 16 }, LogitBias = ImmutableSortedDictionary<int, double>.Empty.Add(3, 1000) }));
    }

    [Fact]
    public void Forced_tokens_come_first_and_last_and_stop_tokens_wait()
    {
        int likeliest = Generate(new GenerationOptions()).Tokens[0].Token;
        GeneratedSequence output = Generate(new GenerationOptions { ForcedTokens = [9, 8], ForcedLastToken = 7, MaxNewTokens = 6, LoopGuard = null });
        Assert.Equal([9, 8], output.Tokens.Take(2).Select(token => token.Token));
        Assert.Equal((7, 6), (output.Tokens[^1].Token, output.Tokens.Length));
        Assert.True(Generate(new GenerationOptions { StopTokens = [likeliest], MinNewTokens = 3, MaxNewTokens = 10 }).Tokens.Length >= 4);
    }

    [Fact]
    public void Wrong_requests_say_what_is_wrong()
    {
        var generator = new TokenGenerator(Model);
        Assert.Contains("no tokens", Assert.Throws<ArgumentException>(() => generator.Generate([new GenerationRequest(Array.Empty<int>(), Drawing)])).Message, StringComparison.Ordinal);
        Assert.Contains("maxLength 40", Assert.Throws<ArgumentException>(() => generator.Generate([new GenerationRequest(new int[41], Drawing)])).Message, StringComparison.Ordinal);
        Assert.Contains("stopTokens 12 is outside", Assert.Throws<ConfigException>(() => Generate(new GenerationOptions { StopTokens = [12] })).Message, StringComparison.Ordinal);
    }

    private static (FinishReason Reason, int Length) Ending(GenerationOptions options)
    {
        GeneratedSequence output = Generate(options);
        return (output.FinishReason, output.Tokens.Length);
    }

    private static GeneratedSequence Generate(GenerationOptions options) => new TokenGenerator(Model).Generate([new GenerationRequest(Prompts[0], options)])[0];

    private static string[] Write(GenerationRequest[] requests) =>
        [.. new TokenGenerator(Model).Generate(requests).Select(output => string.Join(' ', output.Tokens.Select(token => $"{token.Token}:{BitConverter.DoubleToInt64Bits(token.LogProbability)}")))];

    private static DecoderOnlyModel Create()
    {
        var model = new DecoderOnlyModel(new DecoderOnlyConfig { VocabSize = 12, DModel = 16, NumLayers = 2, NumHeads = 2, DFeedForward = 32, Rotary = new RotaryPositions(), MaxLength = 40 }, new SeededRandom(3));
        return model;
    }
}
