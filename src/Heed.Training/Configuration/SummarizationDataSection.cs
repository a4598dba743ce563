using Heed.Models.Configuration;
using Heed.Training.Data.Documents;

namespace Heed.Training.Configuration;

/// <summary>Which documents and summaries a run trains, validates and tests on.</summary>
public sealed record SummarizationDataSection
{
    /// <summary>What to learn from; of several summaries of a document, each is an example.</summary>
    public required DocumentSection Train { get; init; }

    /// <summary>What to choose the best checkpoint by; of several summaries of a document, the first counts.</summary>
    public DocumentSection? Validation { get; init; }

    /// <summary>What to score the finished model on, once; of several summaries, the one that scores best counts.</summary>
    public DocumentSection? Test { get; init; }

    /// <summary>The most tokens of a document; longer ones lose their end.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>The most tokens of a summary to learn from; longer ones are left out.</summary>
    public int MaxSummaryTokens { get; init; } = 128;

    /// <summary>Whether each document's sentence most like its summary is learned as a summary too, which teaches a small model to choose and to copy.</summary>
    public bool LearnBestSentence { get; init; }

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is missing or out of range.</exception>
    public void Validate()
    {
        foreach ((DocumentSection? section, string name) in new[] { (Train, "data.train"), (Validation, "data.validation"), (Test, "data.test") })
        {
            if (section is not null && string.IsNullOrWhiteSpace(section.Jsonl))
            {
                throw new ConfigException($"{name}.jsonl must name a file");
            }
        }

        if (MaxTokens < 1 || MaxSummaryTokens < 1)
        {
            throw new ConfigException($"data.maxTokens is {MaxTokens} and data.maxSummaryTokens {MaxSummaryTokens}; both must be at least 1");
        }
    }
}

/// <summary>A file of JSON objects, one a line, each with a document and its summaries; plain or gzip.</summary>
public sealed record DocumentSection
{
    /// <summary>The file.</summary>
    public required string Jsonl { get; init; }

    /// <summary>The field of the document: a text or a list of sentences.</summary>
    public string DocumentField { get; init; } = "document";

    /// <summary>The field of the summary: a text or a list of them.</summary>
    public string SummaryField { get; init; } = "summary";

    internal IReadOnlyList<DocumentText> Read() => DocumentText.Read(Jsonl, DocumentField, SummaryField);
}
