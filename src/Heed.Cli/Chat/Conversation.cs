using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models.Chat;
using Heed.Models.Generation;
using Heed.Text.IO;

namespace Heed.Cli.Chat;

/// <summary>What was said so far, and how the model answers.</summary>
internal sealed class Conversation(ChatGenerator chat, GenerationOptions options, string? system)
{
    private static readonly JsonSerializerOptions Readable = new(Output.ReadableJson) { WriteIndented = true };

    private readonly List<ChatTurn> turns = [];
    private string? system = system;

    /// <summary>Sets the instructions before the conversation, and begins anew.</summary>
    public void Instruct(string? instructions)
    {
        system = string.IsNullOrWhiteSpace(instructions) ? null : instructions;
        Reset();
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => turns.Clear();

    /// <summary>Adds a message; drops the oldest turns where the model cannot read all.</summary>
    /// <returns>How many turns were dropped.</returns>
    public int Say(string text)
    {
        turns.Add(new ChatTurn(ChatTurn.User, text));
        int room = Math.Min(options.MaxNewTokens, chat.Generator.Model.MaxLength / 4);
        List<ChatTurn> all = All();
        IReadOnlyList<ChatTurn> kept = chat.Fit(all, room);
        int dropped = all.Count - kept.Count;
        turns.RemoveRange(0, dropped);
        return dropped;
    }

    /// <summary>The model's answer as it comes. What was written of it becomes part of the conversation.</summary>
    public async IAsyncEnumerable<GenerationUpdate> Answer([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (GenerationUpdate update in chat.StreamAsync(All(), options, cancellation).ConfigureAwait(false))
        {
            if (update.Result is { } result)
            {
                turns.Add(new ChatTurn(ChatTurn.Assistant, result.Text.Trim()));
            }

            yield return update;
        }
    }

    /// <summary>Takes the last message back, after it could not be answered.</summary>
    public void Forget() => turns.RemoveAt(turns.Count - 1);

    /// <summary>Writes the conversation to a file, as JSON in the form that chat services use.</summary>
    public void Save(string path)
    {
        var json = new JsonObject { ["messages"] = new JsonArray([.. All().Select(turn => new JsonObject { ["role"] = turn.Role, ["content"] = turn.Text })]) };
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(Readable) + "\n")));
    }

    private List<ChatTurn> All() => system is null ? [.. turns] : [new ChatTurn(ChatTurn.System, system), .. turns];
}
