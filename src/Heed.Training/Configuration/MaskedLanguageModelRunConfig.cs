using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Training.MaskedLanguageModels;

namespace Heed.Training.Configuration;

/// <summary>The task <c>masked-language-model</c>: an encoder learns to name tokens that are hidden in a text, from both sides.</summary>
public sealed record MaskedLanguageModelRunConfig : TextRunConfig
{
    /// <summary>What is hidden, and how.</summary>
    public MaskingSection Masking { get; init; } = new();

    internal override IReadOnlyList<NewModelFamily> Families => [NewModelFamily.Bert];

    internal override IReadOnlyList<string> SpecialTokens => ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    private protected override IReadOnlyList<string> FixedKeys => [.. base.FixedKeys, "masking"];

    internal override TrainingRun Open(RunSetup setup) => MaskedLanguageModelRun.Open(this, setup);

    private protected override void ValidateTask()
    {
        Masking.Validate();
        if (Tokenizer.From is null && Tokenizer.Kind != TextTokenizerKind.ByteLevel)
        {
            throw new ConfigException("tokenizer.kind must be byteLevel for this task: the others that a run trains have no mask token; or name a tokenizer that has one with tokenizer.from");
        }
    }
}
