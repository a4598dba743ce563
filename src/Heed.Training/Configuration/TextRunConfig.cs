using Heed.Models.Configuration;

namespace Heed.Training.Configuration;

/// <summary>What the configurations of all tasks on running text have in common.</summary>
internal static class TextRunConfig
{
    /// <summary>What such a run cannot change once it has begun.</summary>
    public static IReadOnlyList<string> FixedKeys { get; } = ["data.train", "data.context", "data.windows", "data.validationShare", "data.streaming", "tokenizer", "model"];

    /// <exception cref="ConfigException">A value is out of range or does not fit another.</exception>
    public static void Validate(TextDataSection data, TextTokenizerSection tokenizer, PretrainedSection model, TrainingSection training, IReadOnlyList<string> specialTokens)
    {
        data.Validate();
        tokenizer.Validate(specialTokens);
        ValidateOrigin(tokenizer, model);
        ValidateTraining(training);
        _ = SequencesPerBatch(training, data.Context);
    }

    /// <summary>Checks that a tokenizer and a model do not both say where tokens come from.</summary>
    /// <exception cref="ConfigException">They do.</exception>
    public static void ValidateOrigin(TextTokenizerSection tokenizer, PretrainedSection model)
    {
        if (model.From is not null && tokenizer.From is null && tokenizer != new TextTokenizerSection())
        {
            throw new ConfigException("model.from brings its tokenizer; leave tokenizer out, or name one that is there with tokenizer.from");
        }
    }

    /// <summary>Checks that nothing is asked of a task that translates nothing.</summary>
    /// <exception cref="ConfigException">It is.</exception>
    public static void ValidateTraining(TrainingSection training)
    {
        if (training.ValidationTranslations != new TrainingSection().ValidationTranslations)
        {
            throw new ConfigException("training.validationTranslations means nothing for a task that translates nothing; leave it out");
        }
    }

    /// <summary>The windows of one batch.</summary>
    /// <exception cref="ConfigException">A batch holds none, or less than it is told to.</exception>
    public static int SequencesPerBatch(TrainingSection training, int length)
    {
        long least = (long)length * (training.BatchSequences ?? 1);
        return least <= training.BatchTokens
            ? training.BatchSequences ?? (training.BatchTokens / length)
            : throw new ConfigException(training.BatchSequences is { } sequences
                ? $"training.batchSequences {sequences} times data.context {length} is {least} tokens, more than training.batchTokens {training.BatchTokens}; raise the last to {least}, or lower one of the others"
                : $"training.batchTokens is {training.BatchTokens}, less than one window of data.context {length} tokens; raise it to {length} or more");
    }
}
