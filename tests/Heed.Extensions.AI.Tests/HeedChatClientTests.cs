using Heed.Models.Chat;
using Heed.Models.Generation;
using Heed.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Heed.Extensions.AI.Tests;

/// <summary>A real tiny model behind the abstraction.</summary>
public sealed class HeedChatClientTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Once upon a time")];
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 12 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_has_its_usage_reason_and_name()
    {
        using HeedChatClient client = Client();
        ChatResponse response = await client.GetResponseAsync(Question, Short, Cancellation);
        Assert.NotEmpty(response.Text);
        Assert.Equal((ChatFinishReason.Length, "stories260K", 12), (response.FinishReason!.Value, response.ModelId, response.Usage!.OutputTokenCount));
        Assert.Equal(response.Usage.InputTokenCount + 12, response.Usage.TotalTokenCount);
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
    }

    [Fact]
    public async Task A_stream_joins_to_the_answer()
    {
        using HeedChatClient client = Client();
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question, Short, Cancellation))
        {
            updates.Add(update);
        }

        Assert.InRange(updates.Count, 3, 13);
        ChatResponse joined = updates.ToChatResponse(), whole = await client.GetResponseAsync(Question, Short, Cancellation);
        Assert.Equal(whole.Text, joined.Text);
        Assert.Equal((whole.FinishReason, whole.Usage!.TotalTokenCount, "stories260K"), (joined.FinishReason, joined.Usage!.TotalTokenCount, joined.ModelId));
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
    }

    [Fact]
    public async Task Options_change_the_answer_as_they_do_in_generation()
    {
        using HeedChatClient client = Client();
        var options = new ChatOptions
        {
            Temperature = 0.9f, TopK = 40, TopP = 0.95f, Seed = 5, MaxOutputTokens = 20, FrequencyPenalty = 0.3f, PresencePenalty = 0.2f,
            AdditionalProperties = new AdditionalPropertiesDictionary { ["min_p"] = 0.01, ["repetition_penalty"] = 1.2, ["no_repeat_ngram_size"] = 3 },
        };
        using ChatGenerator chat = Chat();
        GenerationOptions same = chat.Options with
        {
            Temperature = 0.9f, TopK = 40, TopP = 0.95f, Seed = 5, MaxNewTokens = 20, FrequencyPenalty = 0.3f, PresencePenalty = 0.2f, MinP = 0.01, RepetitionPenalty = 1.2, NoRepeatNgramSize = 3,
        };
        GenerationResult? expected = null;
        await foreach (GenerationUpdate update in chat.StreamAsync([new ChatTurn(ChatTurn.User, "Once upon a time")], same, Cancellation))
        {
            expected = update.Result;
        }

        Assert.Equal(expected!.Text, (await client.GetResponseAsync(Question, options, Cancellation)).Text);
        Assert.NotEqual(expected.Text, (await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 20 }, Cancellation)).Text);
    }

    [Fact]
    public async Task A_stop_sequence_ends_the_answer_before_it()
    {
        using HeedChatClient client = Client();
        string whole = (await client.GetResponseAsync(Question, Short, Cancellation)).Text;
        string stop = whole[(whole.Length / 2)..(whole.Length / 2 + 3)];
        ChatResponse response = await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 12, StopSequences = [stop] }, Cancellation);
        Assert.Equal((whole[..whole.IndexOf(stop, StringComparison.Ordinal)], ChatFinishReason.Stop), (response.Text, response.FinishReason!.Value));
    }

    [Fact]
    public async Task Instructions_stand_before_the_conversation()
    {
        using HeedChatClient client = Client();
        ChatResponse given = await client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 12, Instructions = "Be kind." }, Cancellation);
        ChatResponse written = await client.GetResponseAsync([new(ChatRole.System, "Be kind."), .. Question], Short, Cancellation);
        Assert.Equal((written.Text, written.Usage!.InputTokenCount), (given.Text, given.Usage!.InputTokenCount));
        Assert.True(given.Usage.InputTokenCount > (await client.GetResponseAsync(Question, Short, Cancellation)).Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Many_callers_at_once_get_what_each_would_get_alone()
    {
        using HeedChatClient client = Client();
        ChatMessage[][] questions = [.. Enumerable.Range(0, 24).Select(i => (ChatMessage[])[new(ChatRole.User, $"Tell me of {i % 7} cats")])];
        string[] together = await Task.WhenAll(questions.Select(async (question, i) => i % 2 == 0
            ? (await client.GetResponseAsync(question, Short, Cancellation)).Text
            : (await client.GetStreamingResponseAsync(question, Short, Cancellation).ToChatResponseAsync(Cancellation)).Text));
        using HeedChatClient alone = Client();
        for (int i = 0; i < questions.Length; i++)
        {
            Assert.Equal((await alone.GetResponseAsync(questions[i], Short, Cancellation)).Text, together[i]);
        }
    }

    [Fact]
    public async Task An_answer_is_given_up_between_two_tokens_and_others_go_on()
    {
        using HeedChatClient client = Client();
        using var source = new CancellationTokenSource();
        Task<ChatResponse> other = client.GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 40 }, Cancellation);
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(Question, new ChatOptions { MaxOutputTokens = 400 }, source.Token))
            {
                if (++seen == 3)
                {
                    await source.CancelAsync();
                }
            }
        });
        Assert.Equal(3, seen);
        Assert.Equal(40, (await other).Usage!.OutputTokenCount);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Question, Short, source.Token));
    }

    [Fact]
    public async Task What_is_not_done_is_refused()
    {
        using HeedChatClient client = Client();
        await Refused(new ChatOptions { Tools = [AIFunctionFactory()] }, "tools");
        await Refused(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, "response format");
        await Refused(new ChatOptions { ConversationId = "7" }, "conversation");
        var image = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        Assert.Contains("text only", (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([image], Short, Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([], Short, Cancellation));
        var wrong = new ChatOptions { AdditionalProperties = new AdditionalPropertiesDictionary { ["min_p"] = "high" } };
        Assert.Contains("min_p must be a number", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(Question, wrong, Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Models.Configuration.ConfigException>(() => client.GetResponseAsync(Question, new ChatOptions { TopP = 7 }, Cancellation));

        async Task Refused(ChatOptions options, string expected) =>
            Assert.Contains(expected, (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Question, options, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_it_is()
    {
        using HeedChatClient client = Client();
        var metadata = (ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!;
        Assert.Equal(("heed", "stories260K"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Same(client, client.GetService(typeof(IChatClient)));
        Assert.IsType<ChatGenerator>(client.GetService(typeof(ChatGenerator)));
        Assert.Null(client.GetService(typeof(IChatClient), "key"));
        Assert.Null(client.GetService(typeof(string)));
    }

    [Fact]
    public async Task One_line_registers_it()
    {
        await using ServiceProvider services = new ServiceCollection().AddHeedChatClient(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"), template: "plain").BuildServiceProvider();
        IChatClient client = services.GetRequiredService<IChatClient>();
        Assert.Same(client, services.GetRequiredService<IChatClient>());
        Assert.NotEmpty((await client.GetResponseAsync("Once upon a time", Short, Cancellation)).Text);
    }

    private static AIFunction AIFunctionFactory() => Microsoft.Extensions.AI.AIFunctionFactory.Create(() => 1, "one");

    private static ChatGenerator Chat() => ChatGenerator.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"), template: "plain");

    private static HeedChatClient Client() => new(Chat(), "stories260K");
}
