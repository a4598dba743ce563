using Heed.Models.Embeddings;
using Heed.Models.Encoders;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Heed.Extensions.AI.Tests;

public sealed class HeedEmbeddingGeneratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vectors_come_in_order_with_length_one_and_usage()
    {
        using HeedEmbeddingGenerator generator = Generator();
        string[] texts = ["a b c", "b", "c a a a b a c", "a b c"];
        GeneratedEmbeddings<Embedding<float>> found = await generator.GenerateAsync(texts, cancellationToken: Cancellation);
        Assert.Equal(4, found.Count);
        Assert.All(found, each => Assert.Equal(1, each.Vector.ToArray().Sum(value => (double)value * value), 1e-5));
        Assert.Equal(found[0].Vector.ToArray(), found[3].Vector.ToArray());
        Assert.NotEqual(found[0].Vector.ToArray(), found[1].Vector.ToArray());
        Assert.Equal(texts.Sum(text => generator.GetService<TextEmbedder>()!.Tokenizer.Encode(text).Length), found.Usage!.InputTokenCount);
        Assert.Equal("tiny", found[0].ModelId);
    }

    [Fact]
    public async Task Fewer_dimensions_are_the_first_numbers_scaled_again()
    {
        using HeedEmbeddingGenerator generator = Generator();
        float[] whole = (await generator.GenerateVectorAsync("a b", cancellationToken: Cancellation)).ToArray();
        float[] few = (await generator.GenerateVectorAsync("a b", new EmbeddingGenerationOptions { Dimensions = 5 }, Cancellation)).ToArray();
        double size = Math.Sqrt(whole[..5].Sum(value => (double)value * value));
        TensorAssert.Close([.. whole[..5].Select(value => (float)(value / size))], few, 1e-5, "dimensions");
        await Assert.ThrowsAsync<Models.Configuration.ConfigException>(() => generator.GenerateVectorAsync("a", new EmbeddingGenerationOptions { Dimensions = 17 }, Cancellation));
    }

    [Fact]
    public async Task Concurrent_calls_give_the_same_vectors()
    {
        using HeedEmbeddingGenerator generator = Generator();
        float[][] expected = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await generator.GenerateVectorAsync(new string('a', i + 1), cancellationToken: Cancellation)).ToArray()));
        float[][] found = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => (await generator.GenerateVectorAsync(new string('a', (i % 4) + 1), cancellationToken: Cancellation)).ToArray())));
        Assert.All(found.Index(), each => Assert.Equal(expected[each.Index % 4], each.Item));
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        using HeedEmbeddingGenerator generator = Generator();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void It_says_what_it_is()
    {
        using HeedEmbeddingGenerator generator = Generator();
        var metadata = (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal(("heed", "tiny", 16), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
    }

    [Fact]
    public void One_line_registers_it()
    {
        using ServiceProvider services = new ServiceCollection().AddHeedEmbeddingGenerator("no-such-folder").BuildServiceProvider();
        Assert.ThrowsAny<IOException>(() => services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
    }

    private static HeedEmbeddingGenerator Generator()
    {
        Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 300 }, ["abc"]);
        var config = new EncoderConfig { VocabSize = tokenizer.VocabSize, DModel = 16, NumLayers = 2, NumHeads = 4, DFeedForward = 32, NumPositions = 32, NumTokenTypes = 0 };
        return new HeedEmbeddingGenerator(new TextEmbedder(new EncoderModel(config, new SeededRandom(1)), tokenizer), "tiny");
    }
}
