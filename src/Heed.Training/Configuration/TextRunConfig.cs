using System.Text.Json.Serialization;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;

namespace Heed.Training.Configuration;

/// <summary>A task on running text: language models of every kind learn from windows of it.</summary>
public abstract record TextRunConfig : RunConfig
{
    private protected TextRunConfig() => Training = TrainingSection.ForText;

    /// <summary>The text.</summary>
    [JsonPropertyOrder(-3)]
    public required TextDataSection Data { get; init; }

    /// <summary>How text becomes tokens. A model that is trained on has its own tokenizer.</summary>
    [JsonPropertyOrder(-2)]
    public TextTokenizerSection Tokenizer { get; init; } = new();

    /// <summary>The model.</summary>
    [JsonPropertyOrder(-1)]
    public PretrainedSection Model { get; init; } = new();

    /// <summary>The families that the task trains; the first is the usual one.</summary>
    internal abstract IReadOnlyList<NewModelFamily> Families { get; }

    /// <summary>The special tokens of a byte-level tokenizer that the run trains.</summary>
    internal abstract IReadOnlyList<string> SpecialTokens { get; }

    /// <summary>Checks that a tokenizer and a model do not both say where tokens come from.</summary>
    /// <exception cref="ConfigException">They do.</exception>
    internal static void ValidateOrigin(TextTokenizerSection tokenizer, PretrainedSection model)
    {
        if (model.From is not null && tokenizer.From is null && tokenizer != new TextTokenizerSection())
        {
            throw new ConfigException("model.from brings its tokenizer; leave tokenizer out, or name one that is there with tokenizer.from");
        }
    }

    /// <summary>Checks that nothing is asked of a task that translates nothing.</summary>
    /// <exception cref="ConfigException">It is.</exception>
    internal static void ValidateTraining(TrainingSection training)
    {
        if (training.ValidationTranslations != new TrainingSection().ValidationTranslations)
        {
            throw new ConfigException("training.validationTranslations means nothing for a task that translates nothing; leave it out");
        }
    }

    /// <summary>The windows of one batch.</summary>
    /// <exception cref="ConfigException">A batch holds none, or less than it is told to.</exception>
    internal int SequencesPerBatch()
    {
        long least = (long)Data.Context * (Training.BatchSequences ?? 1);
        return least <= Training.BatchTokens
            ? Training.BatchSequences ?? (Training.BatchTokens / Data.Context)
            : throw new ConfigException(Training.BatchSequences is { } sequences
                ? $"training.batchSequences {sequences} times data.context {Data.Context} is {least} tokens, more than training.batchTokens {Training.BatchTokens}; raise the last to {least}, or lower one of the others"
                : $"training.batchTokens is {Training.BatchTokens}, less than one window of data.context {Data.Context} tokens; raise it to {Data.Context} or more");
    }

    private protected override IReadOnlyList<string> FixedKeys => ["data.train", "data.context", "data.windows", "data.validationShare", "data.streaming", "tokenizer", "model"];

    private protected sealed override void ValidateSections()
    {
        Data.Validate();
        Tokenizer.Validate(SpecialTokens);
        Model.Validate(Families, Data.Context);
        ValidateOrigin(Tokenizer, Model);
        ValidateTraining(Training);
        _ = SequencesPerBatch();
        ValidateTask();
    }

    /// <summary>Checks the sections that only this task has.</summary>
    private protected abstract void ValidateTask();
}
