using Heed.Models.Embeddings;
using Microsoft.Extensions.AI;

namespace Heed.Extensions.AI;

/// <summary>An encoder in this process as an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>. Safe for threads: concurrent calls queue.</summary>
/// <remarks>Vectors have length 1 unless the model's folder or the options say otherwise. <see cref="EmbeddingGenerationOptions.Dimensions"/> keeps the first numbers of each.</remarks>
public sealed class HeedEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly TextEmbedder embedder;
    private readonly EmbeddingOptions options;
    private readonly EmbeddingGeneratorMetadata metadata;
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Wraps a model.</summary>
    /// <param name="embedder">The model.</param>
    /// <param name="modelId">What it is called; null leaves it without a name.</param>
    /// <param name="options">How texts become vectors; null is the embedder's way, scaled to length 1.</param>
    public HeedEmbeddingGenerator(TextEmbedder embedder, string? modelId = null, EmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        this.embedder = embedder;
        this.options = options ?? embedder.Options with { Normalize = true };
        this.options.Validate(embedder.Model.Config.DModel);
        metadata = new EmbeddingGeneratorMetadata("heed", providerUri: null, modelId, this.options.Dimensions ?? embedder.Model.Config.DModel);
    }

    /// <summary>Loads a model; its folder gives it its name.</summary>
    /// <param name="path">A folder with <c>config.json</c>, safetensors and a tokenizer.</param>
    /// <inheritdoc cref="TextEmbedder.Load" path="/exception"/>
    public static HeedEmbeddingGenerator Load(string path) => new(TextEmbedder.Load(path), ModelName.Of(path));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A text is longer than the model reads, and not to be cut.</exception>
    /// <exception cref="OperationCanceledException">The work was given up between two batches.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        EmbeddingOptions chosen = this.options with { Dimensions = options?.Dimensions ?? this.options.Dimensions };
        IReadOnlyList<TextEmbedding> found = await Compute(() => embedder.Embed(texts, chosen, cancellationToken), cancellationToken).ConfigureAwait(false);
        int tokens = found.Sum(each => each.Tokens);
        return new GeneratedEmbeddings<Embedding<float>>(found.Select(each => new Embedding<float>(each.Vector) { ModelId = metadata.DefaultModelId }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(embedder) ? embedder
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<T> Compute<T>(Func<T> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
