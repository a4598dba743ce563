using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests;

/// <summary>A translator that knows nothing: a small model with random weights, and a tokenizer of a few sentences.</summary>
internal static class TinyTranslator
{
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "The cat sees the dog.", "A dog sleeps.", "Two birds sing in the old tree, and the cat listens.", "Rain!",
        "She reads a long letter from her brother in the north.", "We walk home.", "Who knows where the time goes?",
        "The baker sells bread, rolls and 12 kinds of cake.", "Stop.", "It is late and the shop is closed, so we cook at home.",
        "Grüße aus Köln 🙂", "They play chess every Sunday.",
    ];

    public static Tokenizer Tokenizer { get; } = TokenizerTrainer.Train(
        new TokenizerOptions { Kind = TokenizerKind.Bpe, VocabSize = 340 }, Sentences, progress: null, CancellationToken.None);

    public static TransformerConfig Config { get; } = new()
    {
        VocabSize = Tokenizer.VocabSize,
        DModel = 32,
        NumHeads = 4,
        DFeedForward = 48,
        NumEncoderLayers = 2,
        NumDecoderLayers = 2,
        MaxLength = 64,
    };

    public static DecodingOptions Options { get; } = new() { MaxLengthFactor = 1, MaxLengthOffset = 6 };

    public static TransformerModel CreateModel(ulong seed, NormPlacement norms = NormPlacement.PreNorm)
    {
        var model = new TransformerModel(Config with { NormPlacement = norms }, new SeededRandom(seed));
        foreach (var (_, tensor) in model.NamedParameters())
        {
            // Larger weights make predictions less alike, so that outputs end at different lengths.
            foreach (ref float value in tensor.MutableValues())
            {
                value *= 2.5f;
            }
        }

        foreach (ref float value in model.TargetEmbedding.Weight.MutableValues().Slice(model.EosId * Config.DModel, Config.DModel))
        {
            value *= 3;
        }

        return model;
    }

    public static Translator Create(ulong seed, NormPlacement norms = NormPlacement.PreNorm) =>
        new(new LoadedModel("tiny", CreateModel(seed, norms), Tokenizer, Options));

    /// <summary>Everything about a translation, to the last bit.</summary>
    public static string Describe(Translation translation) => string.Join('\n', translation.Candidates.Select(candidate =>
        $"{candidate.Text} | {string.Join(' ', candidate.Hypothesis.Tokens)} | {string.Join(' ', candidate.Hypothesis.TokenLogProbabilities.Select(p => p.ToString("R")))} | {candidate.Hypothesis.Score:R} {candidate.Hypothesis.IsFinished}"))
        + "\n" + translation.Warning;
}
