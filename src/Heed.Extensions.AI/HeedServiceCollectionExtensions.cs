using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Heed.Extensions.AI;

/// <summary>Registers models of Heed with dependency injection.</summary>
public static class HeedServiceCollectionExtensions
{
    /// <summary>Registers a model as the <see cref="IChatClient"/>, one for the whole application. It is loaded when it is first asked for.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">A folder with <c>config.json</c> and safetensors, a <c>.gguf</c> file, or a <c>.bin</c> file of llama2.c.</param>
    /// <param name="template">A chat template in place of the model's own: one of <see cref="Models.Chat.ChatTemplate.KnownNames"/>, or a file.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHeedChatClient(this IServiceCollection services, string path, string? template = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddSingleton<IChatClient>(_ => HeedChatClient.Load(path, template: template));
    }

    /// <summary>Registers a model as the <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts, one for the whole application. It is loaded when it is first asked for.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">A folder with <c>config.json</c>, safetensors and a tokenizer.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHeedEmbeddingGenerator(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_ => HeedEmbeddingGenerator.Load(path));
    }
}
