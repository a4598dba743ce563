using Heed.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The registration of README.md and docs/concepts/chat.md, with models of the reader's: compiled, not run.</summary>
internal static class ApplicationCode
{
    public static void Register(IServiceCollection services)
    {
        services.AddHeedChatClient("model-folder");             // or model.gguf
        services.AddHeedEmbeddingGenerator("encoder-folder");
    }
}
