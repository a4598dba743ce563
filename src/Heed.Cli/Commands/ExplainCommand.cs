using System.CommandLine;
using Heed.Models;
using Heed.Models.Explain;

namespace Heed.Cli.Commands;

/// <summary><c>heed explain</c>: a page with every attention weight of one translation.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var model = new ModelOptions(required: true);
        var sentence = new Argument<string>("SENTENCE") { Description = "The sentence to translate." };
        var target = new Option<string?>("--target") { Description = "Explain this translation instead of the model's own." };
        var output = new Option<string>("--out") { Description = "The page to write.", DefaultValueFactory = _ => "attention.html" };
        var command = new Command("explain", "Write a self-contained page with the attention of every layer and head.") { sentence, target, output };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            Translator translator = model.Load(parsed);
            TranslationExplanation explanation = translator.Explain(parsed.GetValue(sentence)!, parsed.GetValue(target), model.Decoding(parsed, translator.Options));
            string path = parsed.GetValue(output)!;
            AttentionPage.Save(path, [explanation]);
            Console.Out.WriteLine(explanation.TargetText);
            Console.Error.WriteLine($"attention page: {path}");
            return 0;
        });
        return command;
    }
}
