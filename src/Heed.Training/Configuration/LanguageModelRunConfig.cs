using Heed.Models.Pretrained;
using Heed.Training.LanguageModels;

namespace Heed.Training.Configuration;

/// <summary>The task <c>language-model</c>: a model learns to foretell each token of a text from those before it.</summary>
public sealed record LanguageModelRunConfig : TextRunConfig
{
    /// <summary>How it continues text.</summary>
    public GenerationSection Generation { get; init; } = new();

    internal override IReadOnlyList<NewModelFamily> Families => [NewModelFamily.Gpt2, NewModelFamily.Llama];

    internal override IReadOnlyList<string> SpecialTokens => ["<|endoftext|>"];

    internal override TrainingRun Open(RunSetup setup) => LanguageModelRun.Open(this, setup);

    private protected override void ValidateTask() => Generation.Validate();
}
