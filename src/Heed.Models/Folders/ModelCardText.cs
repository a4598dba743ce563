using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Models.Folders;

/// <summary>Writes a model card as Markdown, with the front matter that model hubs read.</summary>
internal sealed class ModelCardText
{
    private static readonly JavaScriptEncoder Plain = JavaScriptEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new();

    private ModelCardText()
    {
    }

    public static string Write(ModelCard card, ModelUse use, Seq2SeqModel model, Tokenizer tokenizer, DecodingOptions decoding)
    {
        return Write(card, use, Architecture(model, tokenizer, decoding));
    }

    /// <summary>A card for any use.</summary>
    /// <param name="card">What people should know.</param>
    /// <param name="use">What the model is for.</param>
    /// <param name="architecture">The rows of the table that describes the model.</param>
    public static string Write(ModelCard card, ModelUse use, IEnumerable<string[]> architecture)
    {
        var writer = new ModelCardText();
        writer.FrontMatter(card, use);
        writer.Introduction(card);
        writer.Usage(use);
        writer.Table("Model", ["", ""], architecture);
        writer.Table("Training data", ["data", use.DataUnit, "origin"], card.Data.Select(d => (string[])[d.Name, Number(d.Pairs), d.Origin ?? ""]));
        writer.Table("Training", ["", ""], card.Training.Select(s => (string[])[s.Name, s.Value]));
        writer.Scores(card.Scores);
        return writer.text.ToString();
    }

    /// <summary>The search as one phrase, for tables.</summary>
    public static string Describe(DecodingOptions decoding) => decoding.BeamSize == 1
        ? "greedy"
        : string.Create(CultureInfo.InvariantCulture, $"beam {decoding.BeamSize}, length penalty {decoding.LengthPenalty}");

    private static IEnumerable<string[]> Architecture(Seq2SeqModel model, Tokenizer tokenizer, DecodingOptions decoding)
    {
        ModelFamily family = ModelFamily.Of(model);
        return
        [
            ["type", family.ModelType],
            ["parameters", Number(model.ParameterCount)],
            .. family.Describe(model).Select(entry => (string[])[entry.Name, entry.Value]),
            ["vocabulary", $"{Number(tokenizer.VocabSize)} ({tokenizer.Kind}, shared by both languages)"],
            ["default search", Describe(decoding)],
        ];
    }

    private void FrontMatter(ModelCard card, ModelUse use)
    {
        text.Append("---\n");
        string[] languages = [.. new[] { card.SourceLanguage, card.TargetLanguage }.OfType<string>().Distinct()];
        if (languages.Length > 0)
        {
            text.Append("language:\n");
            foreach (string language in languages)
            {
                text.Append($"- {Quote(language)}\n");
            }
        }

        if (card.License is { } license)
        {
            text.Append($"license: {Quote(license)}\n");
        }

        text.Append($"library_name: heed\npipeline_tag: {use.PipelineTag}\ntags:\n- {use.PipelineTag}\n---\n\n");
    }

    private void Introduction(ModelCard card)
    {
        text.Append($"# {Inline(card.Name)}\n\n");
        if (card is { SourceLanguage: { } source, TargetLanguage: { } target })
        {
            text.Append($"Translates {Inline(source)} to {Inline(target)}.\n\n");
        }

        if (card.Description.Length > 0)
        {
            text.Append($"{card.Description.Trim()}\n\n");
        }
    }

    private void Usage(ModelUse use) => text.Append($"## Use\n\n```\n{use.Command}\n```\n\n```csharp\n{use.Code}\n```\n");

    private void Scores(IReadOnlyList<ModelCardScore> scores)
    {
        Table("Scores", ["test set", "metric", "score", "95% interval", "search"], scores.Select(Row));
        foreach (var (index, score) in scores.Select(s => s.Score).DistinctBy(s => (s.Name, s.Signature)).Index())
        {
            text.Append(index == 0 ? "\n" : string.Empty);
            text.Append($"- {Inline(score.Name)}: `{score.Signature}`\n");
        }
    }

    private static string[] Row(ModelCardScore score) =>
    [
        score.TestSet,
        score.Score.Name,
        score.Score.Value.ToString("F2", CultureInfo.InvariantCulture),
        score.Score.Interval is { } interval ? interval.Format() : "",
        score.Decoding,
    ];

    private void Table(string title, string[] header, IEnumerable<string[]> rows)
    {
        string[][] lines = [.. rows];
        if (lines.Length == 0)
        {
            return;
        }

        text.Append($"\n## {title}\n\n");
        TableLine(header);
        TableLine([.. header.Select(_ => "---")]);
        foreach (string[] line in lines)
        {
            TableLine([.. line.Select(cell => Inline(cell).Replace("|", "\\|", StringComparison.Ordinal))]);
        }
    }

    private void TableLine(string[] cells) => text.Append($"| {string.Join(" | ", cells)} |\n");

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Inline(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("<", "&lt;", StringComparison.Ordinal);

    // A JSON string is a YAML string too.
    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, Plain)}\"";
}
