using Heed.Models.Configuration;
using Heed.Models.Embeddings;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Pretrained;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Embeddings;

public sealed class TextEmbedderTests
{
    /// <summary>The pooled states that transformers computed, for texts padded to one length and for one alone.</summary>
    [Theory]
    [InlineData("bert-mlm")]
    [InlineData("bert-cls")]
    [InlineData("distilbert-cls")]
    [InlineData("roberta-mlm")]
    public void Vectors_are_the_pooled_states_of_the_library(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var embedder = new TextEmbedder((EncoderModel)golden.Loaded.Model, OneWord());
        int width = embedder.Model.Config.DModel;
        foreach (string name in (string[])["batch", "single"])
        {
            PaddedBatch batch = golden.Batch(name);
            int[][] ids = Split(batch, batch.Ids);
            int[][]? types = golden.Expected.Contains($"{name}.in.token_type_ids") ? Split(batch, batch.Pick(golden.Expected.ReadInt64($"{name}.in.token_type_ids"))) : null;
            float[] states = golden.Expected.ReadFloat32($"{name}.out.last_hidden_state");
            foreach (Pooling pooling in Enum.GetValues<Pooling>())
            {
                IReadOnlyList<TextEmbedding> found = embedder.EmbedTokens(ids, types, new EmbeddingOptions { Pooling = pooling, BatchTokens = 9 }, TestContext.Current.CancellationToken);
                for (int i = 0; i < batch.Count; i++)
                {
                    int[] rows = pooling == Pooling.First ? [batch.Rows[batch.Segments.Starts[i]]] : batch.Rows[batch.Segments.Starts[i]..(batch.Segments.Starts[i] + batch.Segments.Lengths[i])];
                    float[] expected = [.. Enumerable.Range(0, width).Select(column => (float)rows.Average(row => (double)states[(row * width) + column]))];
                    TensorAssert.Close(expected, found[i].Vector.ToArray(), 1e-4, $"{name} {pooling} {i}");
                }
            }
        }
    }

    [Fact]
    public void A_vector_has_the_same_bits_whatever_stands_beside_it()
    {
        TextEmbedder embedder = Tiny();
        string[] texts = [.. Enumerable.Range(0, 30).Select(i => new string("abc"[i % 3], (i % 7) + 1))];
        IReadOnlyList<TextEmbedding> together = embedder.Embed(texts, embedder.Options with { BatchTokens = 17 }, TestContext.Current.CancellationToken);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal(embedder.Embed(texts[i], cancellation: TestContext.Current.CancellationToken).Vector.ToArray(), together[i].Vector.ToArray());
            Assert.Equal(texts[i].Length, together[i].Tokens);
        }
    }

    [Fact]
    public void A_text_that_is_too_long_is_named_or_cut()
    {
        TextEmbedder embedder = Tiny();
        string text = new('a', 40);
        Assert.Contains("text 1 has 40 tokens, but the model reads 16", Assert.Throws<ArgumentException>(() => embedder.Embed(["a", text])).Message, StringComparison.Ordinal);
        Assert.Equal(16, embedder.Embed(text, embedder.Options with { Truncate = true }, TestContext.Current.CancellationToken).Tokens);
        Assert.Throws<ArgumentException>(() => embedder.Embed(string.Empty));
    }

    [Fact]
    public void The_folder_says_how_to_pool()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new EmbeddingOptions(), SentenceModelFiles.Read(folder.Path));
        Directory.CreateDirectory(Path.Combine(folder.Path, "1_Pooling"));
        string pooling = Path.Combine(folder.Path, "1_Pooling", "config.json");
        File.WriteAllText(pooling, """{"word_embedding_dimension": 8, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}""");
        File.WriteAllText(Path.Combine(folder.Path, "modules.json"), """[{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Normalize"}]""");
        Assert.Equal(new EmbeddingOptions { Pooling = Pooling.First, Normalize = true }, SentenceModelFiles.Read(folder.Path));
        File.WriteAllText(pooling, """{"pooling_mode_max_tokens": true}""");
        Assert.Contains("pooling_mode_max_tokens", Assert.Throws<ModelFileException>(() => SentenceModelFiles.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(pooling, "[1]");
        Assert.Throws<ModelFileException>(() => SentenceModelFiles.Read(folder.Path));
    }

    [Fact]
    public void A_model_that_makes_no_vectors_is_refused() =>
        Assert.Contains("makes no vectors", Assert.Throws<ConfigException>(() => TextEmbedder.Load(SharedFolder.PathOrSkip("golden/hf/llama"))).Message, StringComparison.Ordinal);

    private static TextEmbedder Tiny()
    {
        Tokenizer tokenizer = Characters();
        var config = new EncoderConfig { VocabSize = tokenizer.VocabSize, DModel = 16, NumLayers = 2, NumHeads = 4, DFeedForward = 32, NumPositions = 16 };
        return new TextEmbedder(new EncoderModel(config, new SeededRandom(1)), tokenizer);
    }

    // The golden files hold tokens, so any tokenizer will do that is not larger than the models.
    private static Tokenizer OneWord()
    {
        using var folder = new TemporaryFolder();
        return Tokenizer.Load(folder.File("tokenizer.json", """{"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}}"""));
    }

    private static Tokenizer Characters() => SmallTokenizer.Value;

    private static int[][] Split(PaddedBatch batch, int[] values) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => values[batch.Segments.Starts[i]..(batch.Segments.Starts[i] + batch.Segments.Lengths[i])])];

    private static class SmallTokenizer
    {
        public static Tokenizer Value { get; } = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 300 }, ["abc"]);
    }
}
