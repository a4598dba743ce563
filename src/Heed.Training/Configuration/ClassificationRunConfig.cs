using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Training.Classifying;

namespace Heed.Training.Configuration;

/// <summary>The task <c>classification</c>: a model learns which class a text belongs to.</summary>
public sealed record ClassificationRunConfig : RunConfig
{
    /// <summary>The families that this task makes new models of.</summary>
    internal static readonly IReadOnlyList<NewModelFamily> Families = [NewModelFamily.Gpt2, NewModelFamily.Llama, NewModelFamily.Bert];

    /// <summary>The special tokens of a tokenizer that the run trains.</summary>
    internal static readonly IReadOnlyList<string> SpecialTokens = ["<|endoftext|>"];

    /// <summary>Creates a configuration with the usual settings of the task.</summary>
    public ClassificationRunConfig() => Training = new TrainingSection
    {
        MaxSteps = 1000,
        BatchTokens = 2048,
        LearningRate = 5e-4,
        Schedule = ScheduleKind.Linear,
        WarmupSteps = 50,
        Beta2 = 0.999f,
        AdamEpsilon = 1e-8f,
        WeightDecay = 0.01f,
        DecayVectors = false,
        LabelSmoothing = 0,
        ValidateEvery = 50,
        KeepBest = 1,
        AverageBest = 1,
    };

    /// <summary>The labelled texts.</summary>
    public required LabelledDataSection Data { get; init; }

    /// <summary>How text becomes tokens. A model that is trained on has its own tokenizer.</summary>
    public TextTokenizerSection Tokenizer { get; init; } = new();

    /// <summary>The model below the head.</summary>
    public PretrainedSection Model { get; init; } = new();

    /// <summary>The head, and what is trained beside it.</summary>
    public ClassifierSection Classifier { get; init; } = new();

    private protected override IReadOnlyList<string> FixedKeys => ["data", "tokenizer", "model", "classifier"];

    internal override TrainingRun Open(RunSetup setup) => ClassificationRun.Open(this, setup);

    private protected override void ValidateSections()
    {
        Data.Validate();
        Tokenizer.Validate(SpecialTokens);
        TextRunConfig.ValidateOrigin(Tokenizer, Model);
        TextRunConfig.ValidateTraining(Training);
        Model.Validate(Families, Data.MaxTokens);
        Classifier.Validate();
        if (Training.BatchTokens < Data.MaxTokens)
        {
            throw new ConfigException($"training.batchTokens is {Training.BatchTokens}, less than one text of data.maxTokens {Data.MaxTokens}; raise it to {Data.MaxTokens} or more");
        }
    }
}
