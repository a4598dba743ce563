using Heed.Models.Prompts;
using Heed.Text.IO;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Conversations to learn from, in a file with a JSON object a line, plain or gzip.</summary>
/// <remarks>
/// A line has <c>messages</c>, a list of <c>role</c> and <c>content</c>; or <c>instruction</c>, perhaps <c>input</c>, and <c>output</c>; or
/// <c>prompt</c> and <c>completion</c>.
/// </remarks>
internal static class ConversationFile
{
    private static readonly string[] Roles = [ChatMessage.System, ChatMessage.User, ChatMessage.Assistant];

    /// <summary>The conversations of a file.</summary>
    /// <exception cref="InvalidDataException">A line is malformed; the message names it.</exception>
    public static IEnumerable<(JsonLine Line, IReadOnlyList<ChatMessage> Messages)> Read(string path)
    {
        foreach (JsonLine line in JsonLine.Read(path))
        {
            yield return (line, Messages(line));
        }
    }

    private static ChatMessage[] Messages(JsonLine line)
    {
        if (line.Has("messages"))
        {
            return [.. line.Objects("messages").Select(Message)];
        }

        if (line.Has("instruction"))
        {
            string input = line.Has("input") ? line.Text("input") : string.Empty;
            return [new(ChatMessage.User, line.Text("instruction")) { Input = input.Length == 0 ? null : input }, new(ChatMessage.Assistant, line.Text("output"))];
        }

        return line.Has("prompt")
            ? [new(ChatMessage.User, line.Text("prompt")), new(ChatMessage.Assistant, line.Text("completion"))]
            : throw line.Error("has none of the fields \"messages\", \"instruction\" (with \"output\") and \"prompt\" (with \"completion\")");
    }

    private static ChatMessage Message(JsonLine message)
    {
        string role = message.Text("role");
        return Roles.Contains(role)
            ? new ChatMessage(role, message.Text("content"))
            : throw message.Error($"has a message with the role {Excerpt.Quote(role)}; the roles are {string.Join(", ", Roles)}");
    }
}
