using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Decoding;
using Heed.Text.IO;

namespace Heed.Cli.Commands;

/// <summary><c>heed translate</c>: a sentence, or standard input line by line.</summary>
internal static class TranslateCommand
{
    public static Command Create()
    {
        var model = new ModelOptions(required: true);
        var nBest = NumberOption.Create("--n-best", "Print this many translations of each sentence, best first: line number, score and text, divided by tabs.", 1, 1, 10_000);
        Option<bool> json = CommonOptions.Json();
        var sentence = new Argument<string?>("SENTENCE") { Description = "What to translate, in quotes. When omitted: standard input, one sentence a line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("translate", "Translate a sentence, or standard input line by line, with a trained model.") { sentence, nBest, json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            Translator translator = model.Load(parsed);
            DecodingOptions options = model.Decoding(parsed, translator.Options) with { NBest = parsed.GetValue(nBest) };
            options = options with { BeamSize = Math.Max(options.BeamSize, options.NBest) };
            using var cancellation = new Cancellation("stopping after this batch");
            if (parsed.GetValue(sentence) is { } text)
            {
                Write(translator.Translate(text, options, cancellation.Token), options, parsed.GetValue(json), numbered: false);
                return 0;
            }

            // A person at a terminal wants each answer at once; a file is translated in large, length-sorted batches.
            if (!Console.IsInputRedirected)
            {
                options = options with { WindowLines = 1 };
            }

            foreach (Translation translation in translator.Translate(TextLineReader.ReadStandardInput(), options, progress: null, cancellation.Token))
            {
                Write(translation, options, parsed.GetValue(json), numbered: true);
            }

            return 0;
        });
        return command;
    }

    private static void Write(Translation translation, DecodingOptions options, bool json, bool numbered)
    {
        Output.Warn(translation.Warning);
        if (json)
        {
            Output.Json(ToJson(translation));
        }
        else if (options.NBest == 1)
        {
            Console.Out.WriteLine(translation.Text);
        }
        else
        {
            foreach (TranslationCandidate candidate in translation.Candidates)
            {
                string number = numbered ? $"{translation.LineNumber}\t" : string.Empty;
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}{candidate.Hypothesis.Score:F4}\t{candidate.Text}"));
            }
        }
    }

    private static JsonObject ToJson(Translation translation) => new()
    {
        ["line"] = translation.LineNumber,
        ["source"] = translation.Source,
        ["translations"] = new JsonArray([.. translation.Candidates.Select(candidate => new JsonObject
        {
            ["text"] = candidate.Text,
            ["score"] = candidate.Hypothesis.Score,
            ["logProbability"] = candidate.Hypothesis.LogProbability,
            ["finished"] = candidate.Hypothesis.IsFinished,
        })]),
        ["warning"] = translation.Warning,
    };
}
