using Heed.Cli.Terminal;
using Heed.Models.Generation;
using Heed.Text.Templates;

namespace Heed.Cli.Chat;

/// <summary>Reads lines and writes answers, on a terminal or between pipes.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="interrupt">Ends an answer on Ctrl-C.</param>
/// <param name="isInteractive">Whether a person types, who wants to see where.</param>
internal sealed class Dialogue(Conversation conversation, AnswerInterrupt interrupt, bool isInteractive)
{
    private const string Help = """
        a line is a message; a backslash at its end continues it in the next one
        /reset          begin anew
        /system TEXT    begin anew with these instructions; without TEXT with none
        /save FILE      write the conversation to a file, as JSON
        /quit           end (also Ctrl-D)
        //...           a message that begins with a slash
        Ctrl-C ends the present answer
        """;

    public async Task Run(TextReader input, TextWriter output, TextWriter messages)
    {
        while (ReadMessage(input, messages) is { } line)
        {
            if (line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal))
            {
                if (!Obey(line, messages))
                {
                    return;
                }
            }
            else if (line.Length > 0)
            {
                await Answer(line.StartsWith('/') ? line[1..] : line, output, messages).ConfigureAwait(false);
            }
        }
    }

    private string? ReadMessage(TextReader input, TextWriter messages)
    {
        Prompt("> ");
        string? line = input.ReadLine();
        while (line is not null && line.EndsWith('\\'))
        {
            Prompt(". ");
            line = input.ReadLine() is { } more ? line[..^1] + "\n" + more : line[..^1];
        }

        return line;

        void Prompt(string sign)
        {
            if (isInteractive)
            {
                messages.Write(sign);
                messages.Flush();
            }
        }
    }

    /// <returns>Whether the dialogue goes on.</returns>
    private bool Obey(string line, TextWriter messages)
    {
        string[] parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        string argument = parts.Length > 1 ? parts[1] : string.Empty;
        switch (parts[0])
        {
            case "/quit" or "/exit":
                return false;
            case "/reset":
                conversation.Reset();
                break;
            case "/system":
                conversation.Instruct(argument);
                break;
            case "/save" when argument.Length > 0:
                Try(() => conversation.Save(argument), messages);
                break;
            case "/save":
                messages.WriteLine("/save needs the name of a file");
                break;
            case "/help":
                messages.WriteLine(Help);
                break;
            default:
                messages.WriteLine($"{parts[0]} is not known; /help lists what is");
                break;
        }

        return true;
    }

    private async Task Answer(string text, TextWriter output, TextWriter messages)
    {
        try
        {
            int dropped = conversation.Say(text);
            if (dropped > 0)
            {
                await messages.WriteLineAsync($"(the conversation is too long for the model: the oldest {dropped} messages are forgotten)").ConfigureAwait(false);
            }

            GenerationResult result = await Write(output).ConfigureAwait(false);
            if (Notice(result) is { } notice)
            {
                await messages.WriteLineAsync($"({notice})").ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (isInteractive && problem is ArgumentException or TemplateException)
        {
            conversation.Forget(); // the person can say it in another way
            await messages.WriteLineAsync(ErrorMessage.Of(problem)).ConfigureAwait(false);
        }
    }

    private async Task<GenerationResult> Write(TextWriter output)
    {
        GenerationResult? result = null;
        bool hasBegun = false;
        CancellationToken cancellation = interrupt.Begin();
        try
        {
            await foreach (GenerationUpdate update in conversation.Answer(cancellation).ConfigureAwait(false))
            {
                string text = hasBegun ? update.Text : update.Text.TrimStart();
                hasBegun |= text.Length > 0;
                await output.WriteAsync(text).ConfigureAwait(false);
                await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                result = update.Result;
            }
        }
        finally
        {
            interrupt.End();
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        return result!;
    }

    private static string? Notice(GenerationResult result) => result.FinishReason switch
    {
        FinishReason.Length => "cut at the length limit",
        FinishReason.Loop => $"stopped: the text repeats itself every {result.Output.LoopPeriod} tokens",
        FinishReason.Runaway => "stopped: hardly anything new is being written",
        FinishReason.NothingAllowed => "stopped: the settings rule out every token",
        FinishReason.Cancelled => "stopped",
        _ => null,
    };

    private static void Try(Action action, TextWriter messages)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            messages.WriteLine(ErrorMessage.Of(problem));
        }
    }
}
