using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models.Decoding;
using Heed.Models.Summarizing;
using Heed.Text.IO;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Significance;
using Heed.Text.Sentences;
using Heed.Training.Data.Documents;
using Heed.Training.Summarizing;

namespace Heed.Cli.Commands;

/// <summary><c>heed summarize</c>: a document, or standard input, one document a line; with summaries that people wrote, how alike they are.</summary>
internal static class SummarizeCommand
{
    public static Command Create()
    {
        var model = new ModelOptions(required: true);
        var extract = new Option<bool>("--extract") { Description = "Choose the document's sentence that the model finds the likeliest summary, instead of writing one. A classifier of sentences does so always." };
        var minLength = NumberOption.Optional("--min-length", "The shortest summary, in tokens. The model's own setting when omitted.", 0, 1_000_000);
        var noRepeat = NumberOption.Optional("--no-repeat-ngram", "No run of so many tokens occurs twice; 0 allows it. The model's own setting when omitted.", 0, 1000);
        var score = new Option<string?>("--score") { Description = "A file of JSON lines with documents and summaries: print ROUGE of the model, of the first sentences, and of the best sentences.", HelpName = "FILE" };
        var documentField = new Option<string>("--document-field") { Description = "With --score: the field of the document, a text or a list of sentences.", HelpName = "NAME", DefaultValueFactory = _ => "document" };
        var summaryField = new Option<string>("--summary-field") { Description = "With --score: the field of the summary, a text or a list of them.", HelpName = "NAME", DefaultValueFactory = _ => "summary" };
        Option<bool> json = CommonOptions.Json();
        var document = new Argument<string?>("DOCUMENT") { Description = "What to summarise, in quotes. When omitted: standard input, one document a line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("summarize", "Summarise a document, or standard input line by line, with a trained model, T5 or BART.") { document, extract, minLength, noRepeat, score, documentField, summaryField, json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(score) is not null && parsed.GetValue(document) is not null)
            {
                throw new UsageException("--score summarises the documents of its file; give no DOCUMENT with it");
            }

            IReadOnlyList<DocumentText>? scored = parsed.GetValue(score) is { } path ? DocumentText.Read(path, parsed.GetValue(documentField)!, parsed.GetValue(summaryField)!) : null;
            DocumentSummarizer summarizer = Load(model, parsed, parsed.GetValue(extract), options => options with { MinLength = parsed.GetValue(minLength) ?? options.MinLength, NoRepeatNgramSize = parsed.GetValue(noRepeat) ?? options.NoRepeatNgramSize });
            using var cancellation = new Cancellation("stopping after this batch");
            if (scored is not null)
            {
                Score(summarizer, scored, parsed.GetValue(json), cancellation.Token);
                return 0;
            }

            IEnumerable<string> documents = parsed.GetValue(document) is { } text ? [text] : TextLineReader.ReadStandardInput();
            foreach (Summary summary in summarizer.Summarize(documents.Select(SentenceSplitter.Split), cancellation.Token))
            {
                Write(summary, parsed.GetValue(json));
            }

            return 0;
        });
        return command;
    }

    private static DocumentSummarizer Load(ModelOptions model, ParseResult parsed, bool extract, Func<DecodingOptions, DecodingOptions> change)
    {
        string folder = model.Folder(parsed)!;
        if (DocumentSummarizer.IsChooser(folder))
        {
            return DocumentSummarizer.LoadChooser(folder);
        }

        var summarizer = new Summarizer(model.Load(parsed));
        DecodingOptions options = change(model.Decoding(parsed, summarizer.Options)) with { NBest = 1 };
        // A person at a terminal wants each answer at once; a file is read in large, length-sorted batches.
        return summarizer.With(Console.IsInputRedirected ? options : options with { WindowLines = 1 }, extract);
    }

    private static void Write(Summary summary, bool json)
    {
        Output.Warn(summary.Warning);
        if (json)
        {
            Output.Json(new JsonObject { ["line"] = summary.LineNumber, ["summary"] = summary.Text, ["score"] = summary.Score, ["warning"] = summary.Warning });
        }
        else
        {
            Console.Out.WriteLine(summary.Text);
        }
    }

    private static void Score(DocumentSummarizer summarizer, IReadOnlyList<DocumentText> documents, bool json, CancellationToken cancellation)
    {
        var scores = new SummaryScores(documents);
        string[] summaries = [.. summarizer.Summarize(documents.Select(document => document.Sentences), cancellation).Select(summary => summary.Text)];
        MetricScore[] all = [.. scores.Of(summaries, "model"), .. scores.Of(scores.Lead, "lead"), .. scores.Of(scores.Best, "best sentence")];
        PairedComparison comparison = scores.AgainstLead(summaries);
        if (json)
        {
            Output.Json(new JsonObject
            {
                ["scores"] = new JsonArray([.. all.Select(score => new JsonObject { ["name"] = score.Name, ["score"] = score.Value, ["signature"] = score.Signature })]),
                ["differenceToLead"] = comparison.Difference,
                ["pValue"] = comparison.PValue,
            });
            return;
        }

        foreach (MetricScore score in all)
        {
            Console.Out.WriteLine(score.Format());
        }

        Console.Out.WriteLine($"  signature: {all[0].Signature}");
        Console.Out.WriteLine(FormattableString.Invariant($"  model against lead, ROUGE-L: difference {comparison.Difference:+0.00;-0.00} {comparison.FormatPValue()}"));
    }
}
