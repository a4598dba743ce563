using Heed.Models.Causal;
using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Nn.Positions;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Classification;

/// <summary>Texts in, classes out.</summary>
public sealed class TextClassifierTests
{
    private static readonly Tokenizer Tokenizer = TokenizerTrainer.Train(new TokenizerOptions { VocabSize = 300 }, ["a small dog sleeps", "win a prize now"]);

    public static TheoryData<Pooling> Poolings => [Pooling.Mean, Pooling.First, Pooling.Last];

    [Theory]
    [MemberData(nameof(Poolings))]
    public void A_texts_probabilities_do_not_depend_on_its_neighbours(Pooling pooling)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        foreach (TextClassifier classifier in new[] { Decoder(pooling), Encoder(pooling) })
        {
            string[] texts = [.. Enumerable.Range(0, 40).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => "win a dog prize zebra".Split(' ')[random.Next(5)])))];
            ClassifiedText[] together = [.. classifier.Classify(texts)];
            Assert.Equal(Enumerable.Range(1, texts.Length).Select(i => (long)i), together.Select(result => result.LineNumber));
            for (int i = 0; i < texts.Length; i++)
            {
                Assert.Equal(classifier.Classify(texts[i]).Classes, together[i].Classes);
                Assert.Equal(1, together[i].Classes.Sum(found => found.Probability), 1e-6);
                Assert.True(together[i].Classes[0].Probability >= together[i].Classes[1].Probability, $"seed {seed}");
            }

            Assert.Equal(together.Select(result => result.Label), classifier.Classify(texts, windowLines: 3).Select(result => result.Label));
        }
    }

    [Fact]
    public void An_empty_text_is_classified_too()
    {
        ClassifiedText result = Decoder(Pooling.Last).Classify(string.Empty);
        Assert.Equal(2, result.Classes.Length);
        Assert.Null(result.Warning);
    }

    [Fact]
    public void A_text_that_is_too_long_loses_its_end_and_says_so()
    {
        TextClassifier classifier = Decoder(Pooling.Mean);
        string[] words = [.. Enumerable.Repeat("dog", 40)];
        ClassifiedText result = classifier.Classify(["win", string.Join(' ', words)]).Last();
        Assert.Equal("line 2 has 161 tokens, but the model reads at most 17: 144 at its end were not read", result.Warning);
        Assert.Equal(classifier.Classify(string.Join(' ', words[..4])).Classes, result.Classes);
    }

    [Fact]
    public void Tokens_around_a_text_are_kept_when_it_is_cut()
    {
        using var folder = new TemporaryFolder();
        folder.File("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ndog\ncat\n");
        Tokenizer bert = Tokenizer.Load(folder.File("vocab.txt"));
        Assert.Equal([2, 5, 6, 3], new ClassifierEncoder(bert, 16).Encode("dog cat").Ids);
        EncodedText cut = new ClassifierEncoder(bert, 4).Encode("dog cat dog dog");
        Assert.Equal([2, 5, 6, 3], cut.Ids);
        Assert.Equal(2, cut.Dropped);
        Assert.Equal([2, 3], new ClassifierEncoder(bert, 4).Encode(string.Empty).Ids);
        Assert.Equal([2], new ClassifierEncoder(bert, 1).Encode("dog").Ids);
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        var model = new DecoderClassifier(Sizes() with { VocabSize = 20 }, 2, new SeededRandom(1));
        Assert.Contains("do not belong together", Assert.Throws<ConfigException>(() => new TextClassifier(model, Tokenizer, ["a", "b"])).Message, StringComparison.Ordinal);
        Assert.Contains("3 names of classes, but the model scores 2", Assert.Throws<ConfigException>(() => new TextClassifier(new DecoderClassifier(Sizes(), 2, null), Tokenizer, ["a", "b", "c"])).Message, StringComparison.Ordinal);
    }

    private static DecoderOnlyConfig Sizes() => new() { VocabSize = Tokenizer.VocabSize, DModel = 16, NumLayers = 2, NumHeads = 2, DFeedForward = 32, MaxLength = 17, Rotary = new RotaryPositions(10000) };

    private static TextClassifier Decoder(Pooling pooling) => new(new DecoderClassifier(Sizes(), 2, new SeededRandom(5), pooling), Tokenizer, ["ham", "spam"]);

    private static TextClassifier Encoder(Pooling pooling) => new(
        new EncoderModel(new EncoderConfig { VocabSize = Tokenizer.VocabSize, DModel = 16, NumLayers = 2, NumHeads = 2, DFeedForward = 32, NumPositions = 16, Head = EncoderHead.Classes, HasPooler = true, Pooling = pooling, NumClasses = 3 }, new SeededRandom(6)),
        Tokenizer,
        ["a", "b", "c"]);
}
