using System.CommandLine;
using Heed.Cli.Chat;
using Heed.Cli.Terminal;
using Heed.Models.Chat;

namespace Heed.Cli.Commands;

/// <summary><c>heed chat</c>: a conversation with a language model.</summary>
internal static class ChatCommand
{
    public static Command Create()
    {
        Option<string> model = CommonOptions.LanguageModel();
        Option<string?> tokenizer = CommonOptions.Tokenizer();
        var template = new Option<string?>("--template") { Description = $"How a conversation is written down: {string.Join(", ", ChatTemplate.KnownNames)}, or a file with a Jinja template. When omitted: the model's own.", HelpName = "NAME" };
        var system = new Option<string?>("--system") { Description = "Instructions that stand before the conversation.", HelpName = "TEXT" };
        var settings = new GenerationSettings();
        Option<int?> threads = CommonOptions.Threads();
        var command = new Command("chat", "Talk with a language model: a line is a message, the answer comes as it is written. /help lists what else can be typed.") { model, tokenizer, template, system, threads };
        settings.AddTo(command, severalOutputs: false);
        command.SetAction(async (parsed, _) =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            using ChatGenerator chat = ChatGenerator.Load(parsed.GetValue(model)!, parsed.GetValue(tokenizer), parsed.GetValue(template));
            var conversation = new Conversation(chat, settings.Of(parsed, chat.Generator.Tokenizer, chat.Options), parsed.GetValue(system));
            using var interrupt = new AnswerInterrupt();
            var dialogue = new Dialogue(conversation, interrupt, isInteractive: !Console.IsInputRedirected);
            await dialogue.Run(Console.In, Console.Out, Console.Error).ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}
