using Heed.Models.Configuration;
using Heed.Training.Data.Labelled;

namespace Heed.Training.Configuration;

/// <summary>Which labelled texts a run trains, validates and tests on: one file that is divided, or a file for each part.</summary>
public sealed record LabelledDataSection
{
    /// <summary>Texts that <see cref="Split"/> divides into three parts.</summary>
    public LabelledSection? Texts { get; init; }

    /// <summary>How <see cref="Texts"/> are divided.</summary>
    public SplitSection? Split { get; init; }

    /// <summary>The texts to learn from.</summary>
    public LabelledSection? Train { get; init; }

    /// <summary>The texts to choose the best checkpoint by; without them every checkpoint counts as the best so far.</summary>
    public LabelledSection? Validation { get; init; }

    /// <summary>The texts to score the finished model on, once.</summary>
    public LabelledSection? Test { get; init; }

    /// <summary>The classes, in the order of the model's scores; null takes those of the training texts, in the order of their names.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The most tokens of a text; longer ones lose their end.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is missing or contradicts another.</exception>
    public void Validate()
    {
        if ((Texts is null) == (Train is null))
        {
            throw new ConfigException("data must name either texts with a split, or train (with validation and test beside it)");
        }

        if (Texts is not null && (Split is null || Validation is not null || Test is not null))
        {
            throw new ConfigException(Split is null
                ? "data.texts needs data.split, as in { train: 0.7, validation: 0.1, test: 0.2 }"
                : "data.texts is divided by data.split; leave data.validation and data.test out");
        }

        if (Train is not null && Split is not null)
        {
            throw new ConfigException("data.split divides data.texts; with data.train, name data.validation and data.test instead");
        }

        Texts?.Validate("data.texts");
        Split?.Validate();
        Train?.Validate("data.train");
        Validation?.Validate("data.validation");
        Test?.Validate("data.test");
        _ = Labels is null ? null : LabelSet.Of(Labels);
        if (MaxTokens < 1)
        {
            throw new ConfigException($"data.maxTokens is {MaxTokens}; it must be at least 1");
        }
    }
}

/// <summary>One file of labelled texts, plain or gzip.</summary>
public sealed record LabelledSection
{
    /// <summary>A file of columns divided by tabs.</summary>
    public string? Tsv { get; init; }

    /// <summary>The column of the texts in <see cref="Tsv"/>, counted from 1.</summary>
    public int TextColumn { get; init; } = 2;

    /// <summary>The column of the classes in <see cref="Tsv"/>, counted from 1.</summary>
    public int LabelColumn { get; init; } = 1;

    /// <summary>Whether the first line of <see cref="Tsv"/> names the columns.</summary>
    public bool Header { get; init; }

    /// <summary>A file of values divided by commas, whose first line names the columns.</summary>
    public string? Csv { get; init; }

    /// <summary>A file of JSON objects, one a line.</summary>
    public string? Jsonl { get; init; }

    /// <summary>A file of JSON objects with documents and summaries: its texts are sentences, of the class summary or other.</summary>
    public string? Documents { get; init; }

    /// <summary>The field of the document in <see cref="Documents"/>: a text or a list of sentences.</summary>
    public string DocumentField { get; init; } = "document";

    /// <summary>The field of the summary in <see cref="Documents"/>: a text or a list of them.</summary>
    public string SummaryField { get; init; } = "summary";

    /// <summary>The column or field of the texts in <see cref="Csv"/> and <see cref="Jsonl"/>.</summary>
    public string TextField { get; init; } = "text";

    /// <summary>The column or field of the classes in <see cref="Csv"/> and <see cref="Jsonl"/>.</summary>
    public string LabelField { get; init; } = "label";

    /// <summary>Opens the file for reading.</summary>
    public LabelledTexts Open() =>
        Tsv is not null ? LabelledTexts.FromTabSeparated(Tsv, TextColumn, LabelColumn, Header)
        : Csv is not null ? LabelledTexts.FromCsv(Csv, TextField, LabelField)
        : Jsonl is not null ? LabelledTexts.FromJsonLines(Jsonl, TextField, LabelField)
        : LabelledTexts.FromDocuments(Documents!, DocumentField, SummaryField);

    internal void Validate(string name)
    {
        if (new[] { Tsv, Csv, Jsonl, Documents }.Count(file => file is not null) != 1)
        {
            throw new ConfigException($"{name} must name exactly one of: tsv, csv, jsonl, documents");
        }

        if (TextColumn < 1 || LabelColumn < 1)
        {
            throw new ConfigException($"{name}: textColumn is {TextColumn} and labelColumn {LabelColumn}; columns are counted from 1");
        }
    }
}

/// <summary>How texts are divided at random, every class in the same shares.</summary>
public sealed record SplitSection
{
    /// <summary>The share to learn from.</summary>
    public double Train { get; init; } = 0.7;

    /// <summary>The share to choose the best checkpoint by.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>The share to score the finished model on.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>Decides which text goes where; not the seed of the training, so that runs with several seeds have the same test.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether only as many texts of each class are used as the rarest has.</summary>
    public bool Balance { get; init; }

    internal void Validate()
    {
        if (!(Train > 0 && Validation >= 0 && Test >= 0 && Math.Abs(Train + Validation + Test - 1) < 1e-9))
        {
            throw new ConfigException(FormattableString.Invariant($"data.split has the shares train {Train}, validation {Validation} and test {Test}; the first must be positive, none negative, and their sum 1"));
        }

        if (Seed > long.MaxValue)
        {
            throw new ConfigException($"data.split.seed is {Seed}; it must be from 0 to {long.MaxValue}");
        }
    }
}
