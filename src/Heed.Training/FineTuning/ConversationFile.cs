using Heed.Models.Chat;
using Heed.Models.Prompts;
using Heed.Text.IO;
using Heed.Text.Templates;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Conversations to learn from, in a file with a JSON object a line, plain or gzip.</summary>
/// <remarks>
/// A line has <c>messages</c>, a list of <c>role</c> and <c>content</c>; or <c>instruction</c>, perhaps <c>input</c>, and <c>output</c>; or
/// <c>prompt</c> and <c>completion</c>.
/// </remarks>
internal static class ConversationFile
{
    private static readonly string[] Roles = [ChatTurn.System, ChatTurn.User, ChatTurn.Assistant];

    /// <summary>The conversations of a file.</summary>
    /// <exception cref="InvalidDataException">A line is malformed; the message names it.</exception>
    public static IEnumerable<(JsonLine Line, IReadOnlyList<ChatTurn> Messages)> Read(string path)
    {
        foreach (JsonLine line in JsonLine.Read(path))
        {
            yield return (line, Messages(line));
        }
    }

    /// <summary>Encodes the conversation of a line.</summary>
    /// <exception cref="InvalidDataException">The model's template refuses it.</exception>
    public static LabelledSequence Encode(JsonLine line, ConversationEncoder encoder, IReadOnlyList<ChatTurn> turns)
    {
        try
        {
            return encoder.Encode(turns);
        }
        catch (TemplateException error)
        {
            throw line.Error($"is not for the model's chat template: {error.Message}", error);
        }
    }

    private static ChatTurn[] Messages(JsonLine line)
    {
        if (line.Has("messages"))
        {
            return [.. line.Objects("messages").Select(Message)];
        }

        if (line.Has("instruction"))
        {
            string input = line.Has("input") ? line.Text("input") : string.Empty;
            return
            [
                new(ChatTurn.User, line.Text("instruction")),
                .. input.Length > 0 ? [new ChatTurn(PromptTemplate.Input, input)] : Array.Empty<ChatTurn>(),
                new(ChatTurn.Assistant, line.Text("output")),
            ];
        }

        return line.Has("prompt")
            ? [new(ChatTurn.User, line.Text("prompt")), new(ChatTurn.Assistant, line.Text("completion"))]
            : throw line.Error("has none of the fields \"messages\", \"instruction\" (with \"output\") and \"prompt\" (with \"completion\")");
    }

    private static ChatTurn Message(JsonLine message)
    {
        string role = message.Text("role");
        return Roles.Contains(role)
            ? new ChatTurn(role, message.Text("content"))
            : throw message.Error($"has a message with the role {Excerpt.Quote(role)}; the roles are {string.Join(", ", Roles)}");
    }
}
