using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Text.IO;
using Heed.Training.Data;

namespace Heed.Cli.Commands;

/// <summary><c>heed score</c>: the log-probability that a model gives to translations.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var model = new ModelOptions(required: true);
        var source = new Option<string>("--source") { Description = "A file with one sentence a line.", HelpName = "FILE", Required = true };
        var target = new Option<string>("--target") { Description = "A file with the translation of each line.", HelpName = "FILE", Required = true };
        var tokens = new Option<bool>("--tokens") { Description = "Also print every token with its log-probability." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("score", "Print the log-probability, in nats, that a model gives to each translation, and the perplexity of all.") { source, target, tokens, json };
        model.AddTo(command, decoding: false);
        command.SetAction(parsed =>
        {
            Translator translator = model.Load(parsed);
            using var cancellation = new Cancellation("stopping after this batch");
            IEnumerable<(string, string)> pairs = ParallelText.FromFiles(parsed.GetValue(source)!, parsed.GetValue(target)!).Read().Select(pair => (pair.Source, pair.Target));
            double total = 0;
            long count = 0;
            foreach (ScoredTranslation scored in translator.Score(pairs, cancellation.Token))
            {
                Output.Warn(scored.Warning);
                total += scored.LogProbability;
                count += scored.Tokens.Length;
                Write(scored, translator, parsed.GetValue(tokens), parsed.GetValue(json));
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log-probability {total:F4} over {count} tokens, perplexity {Math.Exp(-total / Math.Max(1, count)):F4}"));
            return 0;
        });
        return command;
    }

    private static void Write(ScoredTranslation scored, Translator translator, bool withTokens, bool json)
    {
        IEnumerable<(string Text, double Value)> pieces = scored.Tokens.Zip(scored.TokenLogProbabilities, (id, value) => (translator.Tokenizer.TokenText(id), value));
        if (json)
        {
            var result = new JsonObject { ["logProbability"] = scored.LogProbability, ["tokens"] = scored.Tokens.Length };
            if (withTokens)
            {
                result["pieces"] = new JsonArray([.. pieces.Select(piece => new JsonArray(piece.Text, piece.Value))]);
            }

            Output.Json(result);
            return;
        }

        string details = withTokens ? "\t" + string.Join(' ', pieces.Select(piece => string.Create(CultureInfo.InvariantCulture, $"{piece.Text}({piece.Value:F3})"))) : string.Empty;
        Console.Out.WriteLine(scored.LogProbability.ToString("F4", CultureInfo.InvariantCulture) + details);
    }
}
