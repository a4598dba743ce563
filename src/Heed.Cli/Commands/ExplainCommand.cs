using System.CommandLine;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Explain;

namespace Heed.Cli.Commands;

/// <summary><c>heed explain</c>: a page with every attention weight of one translation.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var model = new ModelOptions(required: true);
        var sentence = new Argument<string>("SENTENCE") { Description = "The sentence to translate, in quotes." };
        var target = new Option<string?>("--target") { Description = "Explain this translation instead of the model's own.", HelpName = "SENTENCE" };
        var output = new Option<string>("--out") { Description = "The page to write.", HelpName = "FILE", DefaultValueFactory = _ => "attention.html" };
        var command = new Command("explain", "Translate a sentence and write a web page that shows the attention of every layer and head.") { sentence, target, output };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            string text = parsed.GetValue(sentence)!;
            if (string.IsNullOrWhiteSpace(text))
            {
                throw new UsageException("the sentence is empty; there is nothing to explain");
            }

            string path = parsed.GetValue(output)!;
            OutputPath.RequireFile(path);
            Translator translator = model.Load(parsed);
            TranslationExplanation explanation = translator.Explain(text, parsed.GetValue(target), model.Decoding(parsed, translator.Options));
            Output.Warn(explanation.Warning);
            Console.Out.WriteLine(explanation.TargetText);
            if (explanation.Maps.Count == 0)
            {
                Console.Error.WriteLine($"{translator.Name} has no attention to show: its decoder sees nothing of the source but the state that it begins with");
                return 0;
            }

            AttentionPage.Save(path, [explanation]);
            Console.Error.WriteLine($"attention page: {path}");
            return 0;
        });
        return command;
    }
}
