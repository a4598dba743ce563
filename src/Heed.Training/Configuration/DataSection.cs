using Heed.Models.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Configuration;

/// <summary>Which sentence pairs a run trains, validates and tests on.</summary>
public sealed record DataSection
{
    /// <summary>The pairs to learn from.</summary>
    public required CorpusSection Train { get; init; }

    /// <summary>The pairs to choose the best checkpoint by; without them every checkpoint counts as the best so far.</summary>
    public CorpusSection? Validation { get; init; }

    /// <summary>The pairs to score the finished model on, once.</summary>
    public CorpusSection? Test { get; init; }

    /// <summary>
    /// Whether the training pairs are read from their files anew in each epoch, and shuffled within windows of 100,000, instead of
    /// being held in memory as tokens: for a corpus larger than memory.
    /// </summary>
    public bool Streaming { get; init; }

    /// <summary>Which training pairs are too long or too unlike in length.</summary>
    public LengthFilter Filter { get; init; } = new();

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is missing or contradicts another.</exception>
    public void Validate()
    {
        Train.Validate("data.train");
        Validation?.Validate("data.validation");
        Test?.Validate("data.test");
        Filter.Validate();
    }
}

/// <summary>One set of sentence pairs: two files of lines, one tab-separated file, or one file of JSON lines; each may be gzip.</summary>
public sealed record CorpusSection
{
    /// <summary>A file with one source sentence a line.</summary>
    public string? Source { get; init; }

    /// <summary>A file with the translation of each line of <see cref="Source"/>.</summary>
    public string? Target { get; init; }

    /// <summary>A tab-separated file that holds both sides.</summary>
    public string? Tsv { get; init; }

    /// <summary>The column of the source in <see cref="Tsv"/>, counted from 1.</summary>
    public int SourceColumn { get; init; } = 1;

    /// <summary>The column of the target in <see cref="Tsv"/>, counted from 1.</summary>
    public int TargetColumn { get; init; } = 2;

    /// <summary>A file of JSON objects, one a line.</summary>
    public string? Jsonl { get; init; }

    /// <summary>The field of the source in <see cref="Jsonl"/>.</summary>
    public string SourceField { get; init; } = "source";

    /// <summary>The field of the target in <see cref="Jsonl"/>.</summary>
    public string TargetField { get; init; } = "target";

    /// <summary>Opens the pairs for reading.</summary>
    public ParallelText Open() =>
        Tsv is not null ? ParallelText.FromTabSeparated(Tsv, SourceColumn, TargetColumn)
        : Jsonl is not null ? ParallelText.FromJsonLines(Jsonl, SourceField, TargetField)
        : ParallelText.FromFiles(Source!, Target!);

    internal void Validate(string name)
    {
        int forms = (Source is null && Target is null ? 0 : 1) + (Tsv is null ? 0 : 1) + (Jsonl is null ? 0 : 1);
        if (forms != 1 || (Source is null) != (Target is null))
        {
            throw new ConfigException($"{name} must name exactly one of: source and target (two files), tsv, or jsonl");
        }

        GuardColumn(SourceColumn, $"{name}.sourceColumn");
        GuardColumn(TargetColumn, $"{name}.targetColumn");
    }

    private static void GuardColumn(int column, string key)
    {
        if (column < 1)
        {
            throw new ConfigException($"{key} is {column}; columns are counted from 1");
        }
    }
}
