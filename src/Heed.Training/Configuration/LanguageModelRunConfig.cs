using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Training.LanguageModels;

namespace Heed.Training.Configuration;

/// <summary>The task <c>language-model</c>: a model learns to foretell each token of a text from those before it.</summary>
public sealed record LanguageModelRunConfig : RunConfig
{
    /// <summary>The families that this task trains.</summary>
    internal static readonly IReadOnlyList<NewModelFamily> Families = [NewModelFamily.Gpt2, NewModelFamily.Llama];

    /// <summary>The special tokens of a tokenizer that the run trains.</summary>
    internal static readonly IReadOnlyList<string> SpecialTokens = ["<|endoftext|>"];

    /// <summary>Creates a configuration with the usual settings of the task.</summary>
    public LanguageModelRunConfig() => Training = TrainingSection.ForText;

    /// <summary>The text.</summary>
    public required TextDataSection Data { get; init; }

    /// <summary>How text becomes tokens. A model that is trained on has its own tokenizer.</summary>
    public TextTokenizerSection Tokenizer { get; init; } = new();

    /// <summary>The model.</summary>
    public PretrainedSection Model { get; init; } = new();

    /// <summary>How it continues text.</summary>
    public GenerationSection Generation { get; init; } = new();

    private protected override IReadOnlyList<string> FixedKeys => TextRunConfig.FixedKeys;

    internal override TrainingRun Open(RunSetup setup) => LanguageModelRun.Open(this, setup);

    private protected override void ValidateSections()
    {
        TextRunConfig.Validate(Data, Tokenizer, Model, Training, SpecialTokens);
        Model.Validate(Families, Data.Context);
        Generation.Validate();
    }
}
