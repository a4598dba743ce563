using Heed.Models.Chat;
using Microsoft.Extensions.AI;

namespace Heed.Extensions.AI;

/// <summary>Messages of the abstraction as turns of a conversation.</summary>
internal static class ChatTurns
{
    /// <exception cref="NotSupportedException">A message holds something else than text.</exception>
    /// <exception cref="ArgumentException">There is no message.</exception>
    public static List<ChatTurn> Of(IEnumerable<ChatMessage> messages, string? instructions)
    {
        List<ChatTurn> turns = [.. messages.Select(Of)];
        if (turns.Count == 0)
        {
            throw new ArgumentException("there is no message to answer", nameof(messages));
        }

        if (!string.IsNullOrEmpty(instructions))
        {
            AddInstructions(turns, instructions);
        }

        return turns;
    }

    // Templates know one set of instructions, at the beginning.
    private static void AddInstructions(List<ChatTurn> turns, string instructions)
    {
        if (turns[0].Role == ChatTurn.System)
        {
            turns[0] = turns[0] with { Text = $"{instructions}\n{turns[0].Text}" };
        }
        else
        {
            turns.Insert(0, new ChatTurn(ChatTurn.System, instructions));
        }
    }

    private static ChatTurn Of(ChatMessage message)
    {
        AIContent? other = message.Contents.FirstOrDefault(content => content is not (TextContent or UsageContent));
        return other is null
            ? new ChatTurn(message.Role.Value, message.Text)
            : throw new NotSupportedException($"a message of the role {message.Role} holds {other.GetType().Name}; this model reads text only");
    }
}
