using Heed.Models.Configuration;
using Heed.Models.Prompts;
using Heed.Training.FineTuning;

namespace Heed.Training.Configuration;

/// <summary>Which conversations a run trains and validates on, and how they are written for the model.</summary>
public sealed record ConversationDataSection
{
    /// <summary>Stands in <see cref="Template"/> for the chat template of the model that is tuned.</summary>
    public const string ModelTemplate = "model";

    /// <summary>A file with a JSON object a line; may be gzip.</summary>
    public required string Train { get; init; }

    /// <summary>A file of the same kind to choose the best checkpoint by; without it the latest counts as the best.</summary>
    public string? Validation { get; init; }

    /// <summary>How questions and answers are marked: plain, alpaca, chatml, or as the chat template of the model that is tuned says (model).</summary>
    public string Template { get; init; } = "chatml";

    /// <summary>The most tokens of an example; null is what the model reads and a batch holds.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What happens to longer examples.</summary>
    public TooLong TooLong { get; init; }

    internal bool UsesModelTemplate => Template == ModelTemplate;

    /// <summary>The special tokens of a built-in template; those of a model's own are the tokenizer's.</summary>
    internal IReadOnlyList<string> TemplateTokens => UsesModelTemplate ? [] : PromptTemplate.Named(Template).SpecialTokens;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        _ = TemplateTokens;
        if (MaxTokens < 2)
        {
            throw new ConfigException($"data.maxTokens is {MaxTokens}; it must be at least 2");
        }

        if (string.IsNullOrWhiteSpace(Train))
        {
            throw new ConfigException("data.train must name a file with a JSON object a line");
        }
    }
}
