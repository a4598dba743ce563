using System.Runtime.CompilerServices;
using Heed.Models.Chat;
using Heed.Models.Generation;
using Microsoft.Extensions.AI;

namespace Heed.Extensions.AI;

/// <summary>A language model in this process as an <see cref="IChatClient"/>. Safe for threads: concurrent answers are computed in turns, token by token.</summary>
/// <remarks>
/// <para>Honoured of <see cref="ChatOptions"/>: Instructions, Temperature, TopP, TopK, Seed, MaxOutputTokens, StopSequences, FrequencyPenalty,
/// PresencePenalty, and in AdditionalProperties the numbers <c>min_p</c>, <c>typical_p</c>, <c>repetition_penalty</c> and <c>no_repeat_ngram_size</c>.
/// What is left out keeps the model's own setting. Tools, and a response format other than text, are refused: nothing would make the model keep to them.</para>
/// <para>Equal conversations get equal answers, also where they are drawn: another <c>Seed</c> draws another.</para>
/// <para>An answer that went round in circles and was ended has the finish reason <c>loop</c>, or <c>runaway</c> if it had hardly anything new.</para>
/// </remarks>
public sealed class HeedChatClient : IChatClient
{
    private readonly ChatGenerator chat;
    private readonly ChatClientMetadata metadata;

    /// <summary>Wraps a model.</summary>
    /// <param name="chat">The model with its template; disposed of with the client.</param>
    /// <param name="modelId">What the model is called; null leaves it without a name.</param>
    public HeedChatClient(ChatGenerator chat, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(chat);
        this.chat = chat;
        metadata = new ChatClientMetadata("heed", providerUri: null, modelId);
    }

    /// <summary>Loads a model; its folder or file gives it its name.</summary>
    /// <inheritdoc cref="ChatGenerator.Load" path="/param"/>
    /// <inheritdoc cref="ChatGenerator.Load" path="/exception"/>
    public static HeedChatClient Load(string path, string? tokenizer = null, string? template = null) =>
        new(ChatGenerator.Load(path, tokenizer, template), ModelName.Of(path));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The options ask for what is not done.</exception>
    /// <exception cref="ArgumentException">The conversation is longer than the model reads.</exception>
    /// <exception cref="OperationCanceledException">The answer was given up between two tokens.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        GenerationResult? result = null;
        await foreach (GenerationUpdate update in Stream(messages, options, cancellationToken).ConfigureAwait(false))
        {
            result = update.Result;
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, result!.Text))
        {
            ResponseId = Guid.NewGuid().ToString("N"),
            ModelId = metadata.DefaultModelId,
            FinishReason = Reason(result.FinishReason),
            Usage = Usage(result),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The options ask for what is not done.</exception>
    /// <exception cref="ArgumentException">The conversation is longer than the model reads.</exception>
    /// <exception cref="OperationCanceledException">The answer was given up between two tokens.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string responseId = Guid.NewGuid().ToString("N");
        await foreach (GenerationUpdate update in Stream(messages, options, cancellationToken).ConfigureAwait(false))
        {
            if (update.Text.Length > 0 || update.Result is not null)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, Contents(update))
                {
                    ResponseId = responseId,
                    MessageId = responseId,
                    ModelId = metadata.DefaultModelId,
                    FinishReason = update.Result is { } result ? Reason(result.FinishReason) : null,
                };
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(chat) ? chat
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => chat.Dispose();

    private async IAsyncEnumerable<GenerationUpdate> Stream(IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellation.ThrowIfCancellationRequested();
        GenerationOptions chosen = ChatOptionsMapping.Apply(options, chat.Options);
        await foreach (GenerationUpdate update in chat.StreamAsync(ChatTurns.Of(messages, options?.Instructions), chosen, cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return update;
        }
    }

    private static List<AIContent> Contents(GenerationUpdate update)
    {
        var contents = new List<AIContent>();
        if (update.Text.Length > 0)
        {
            contents.Add(new TextContent(update.Text));
        }

        if (update.Result is not null)
        {
            contents.Add(new UsageContent(Usage(update.Result)));
        }

        return contents;
    }

    private static UsageDetails Usage(GenerationResult result) => new()
    {
        InputTokenCount = result.Output.PromptTokens,
        OutputTokenCount = result.Output.Tokens.Length,
        TotalTokenCount = result.Output.PromptTokens + result.Output.Tokens.Length,
    };

    private static ChatFinishReason Reason(FinishReason reason) => reason switch
    {
        FinishReason.StopToken or FinishReason.StopString => ChatFinishReason.Stop,
        FinishReason.Length => ChatFinishReason.Length,
        FinishReason.Loop => new ChatFinishReason("loop"),
        FinishReason.Runaway => new ChatFinishReason("runaway"),
        _ => new ChatFinishReason("nothing_allowed"),
    };
}
