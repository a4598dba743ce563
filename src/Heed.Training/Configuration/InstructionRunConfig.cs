using Heed.Models.Configuration;
using Heed.Training.FineTuning;

namespace Heed.Training.Configuration;

/// <summary>The task <c>instruction</c>: a language model learns to answer as the assistant does in given conversations.</summary>
/// <remarks>Each line of a file has <c>messages</c>; or <c>instruction</c>, <c>input</c> and <c>output</c>; or <c>prompt</c> and <c>completion</c>. Only answers are learned.</remarks>
public sealed record InstructionRunConfig : FineTuningRunConfig
{
    /// <summary>The validation questions that the model answers itself.</summary>
    public AnswerSection Answers { get; init; } = new();

    internal override TrainingRun Open(RunSetup setup) => InstructionRun.Open(this, setup);

    private protected override void ValidateSections()
    {
        base.ValidateSections();
        Answers.Validate();
    }
}

/// <summary>How many validation questions a model answers itself, and how long.</summary>
public sealed record AnswerSection
{
    /// <summary>The number of questions, from the file's beginning; 0 asks none. The share of answers that equal the given one is a validation score.</summary>
    public int Count { get; init; } = 20;

    /// <summary>The most tokens of an answer.</summary>
    public int MaxTokens { get; init; } = 128;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        if (Count < 0 || MaxTokens < 1)
        {
            throw new ConfigException($"answers.count is {Count} and answers.maxTokens {MaxTokens}; they must be at least 0 and 1");
        }
    }
}
