using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Testing;

namespace Heed.Models.Tests.Chat;

/// <summary>Conversations with a real tiny model that was never trained to hold one.</summary>
public sealed class ChatGeneratorTests
{
    private static readonly GenerationOptions Drawing = new() { MaxNewTokens = 16, Temperature = 1, Seed = 7, StopTokens = [1, 2] };

    [Fact]
    public async Task A_remembered_conversation_has_the_bits_of_a_new_one()
    {
        using ChatGenerator remembering = Chat(remembered: 2);
        var turns = new List<ChatTurn> { new(ChatTurn.System, "A story.") };
        for (int turn = 0; turn < 4; turn++)
        {
            turns.Add(new ChatTurn(ChatTurn.User, $"Go on, number {turn}"));
            using ChatGenerator forgetful = Chat(remembered: 0);
            GenerationResult expected = await Answer(forgetful, turns), found = await Answer(remembering, turns);
            Assert.Equal(expected.Text, found.Text);
            Assert.Equal(expected.Output.Tokens.Select(token => token.LogProbability), found.Output.Tokens.Select(token => token.LogProbability));
            turns.Add(new ChatTurn(ChatTurn.Assistant, found.Text));
        }
    }

    [Fact]
    public async Task Many_callers_get_the_answers_they_would_get_alone()
    {
        using ChatGenerator chat = Chat(remembered: 3);
        ChatTurn[][] conversations = [.. Enumerable.Range(0, 12).Select(i => (ChatTurn[])[new(ChatTurn.User, $"Tell me about {(i % 5)} dogs")])];
        string[] together = await Task.WhenAll(conversations.Select(async turns => (await Answer(chat, turns)).Text));
        for (int i = 0; i < conversations.Length; i++)
        {
            using ChatGenerator alone = Chat(remembered: 0);
            Assert.Equal((await Answer(alone, conversations[i])).Text, together[i]);
        }
    }

    [Fact]
    public void The_oldest_turns_go_where_a_conversation_is_too_long()
    {
        using ChatGenerator chat = Chat(remembered: 0);
        List<ChatTurn> turns = [new(ChatTurn.System, "A story.")];
        for (int turn = 0; turn < 80; turn++)
        {
            turns.Add(new ChatTurn(ChatTurn.User, $"Question {turn}: what does the little dog with the red ball do now?"));
            turns.Add(new ChatTurn(ChatTurn.Assistant, $"Answer {turn}: it runs to the park and plays with its friends all day."));
        }

        turns.Add(new ChatTurn(ChatTurn.User, "And then?"));
        IReadOnlyList<ChatTurn> kept = chat.Fit(turns, newTokens: 100);
        Assert.InRange(kept.Count, 3, turns.Count - 2);
        Assert.Equal(turns[0], kept[0]);
        Assert.Equal(ChatTurn.User, kept[1].Role);
        Assert.Equal(turns[^(kept.Count - 1)..], kept.Skip(1));
        Assert.InRange(chat.Encode(kept).Length + 100, chat.Generator.Model.MaxLength - 200, chat.Generator.Model.MaxLength + 1);
        Assert.Equal(turns[..3], chat.Fit(turns[..3], newTokens: 100));
    }

    [Fact]
    public async Task The_next_turn_of_a_plain_conversation_is_not_written()
    {
        using ChatGenerator chat = Chat(remembered: 0);
        Assert.Equal(["\nUser:"], chat.Options.StopStrings);
        GenerationResult result = await Answer(chat, [new(ChatTurn.User, "Hi")], chat.Options with { MaxNewTokens = 30, ForcedTokens = [.. chat.Generator.Tokenizer.Encode("Yes.\nUser: no")] });
        Assert.Equal((" Yes.", FinishReason.StopString), (result.Text, result.FinishReason));
    }

    [Fact]
    public void A_model_without_a_template_says_what_to_do()
    {
        string message = Assert.Throws<ConfigException>(() => ChatGenerator.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"))).Message;
        Assert.Contains("brings no chat template", message, StringComparison.Ordinal);
        Assert.Contains("choose one of chatml, llama2", message, StringComparison.Ordinal);
    }

    private static ChatGenerator Chat(int remembered) =>
        new(TextGenerator.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf")), ChatTemplate.Named("plain"), remembered);

    private static async Task<GenerationResult> Answer(ChatGenerator chat, IReadOnlyList<ChatTurn> turns, GenerationOptions? options = null)
    {
        GenerationResult? result = null;
        await foreach (GenerationUpdate update in chat.StreamAsync(turns, options ?? Drawing, TestContext.Current.CancellationToken))
        {
            result = update.Result;
        }

        return result!;
    }
}
