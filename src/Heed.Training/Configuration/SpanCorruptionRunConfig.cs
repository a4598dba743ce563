using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Training.SpanCorruption;

namespace Heed.Training.Configuration;

/// <summary>The task <c>span-corruption</c>: an encoder-decoder reads a text with gaps and writes what is missing.</summary>
public sealed record SpanCorruptionRunConfig : TextRunConfig
{
    /// <summary>The gaps.</summary>
    public CorruptionSection Corruption { get; init; } = new();

    internal override IReadOnlyList<NewModelFamily> Families => [NewModelFamily.T5];

    internal override IReadOnlyList<string> SpecialTokens => ["<pad>", "</s>", "<unk>", .. Enumerable.Range(0, Sentinels.Usual).Select(Sentinels.NameOf)];

    private protected override IReadOnlyList<string> FixedKeys => [.. base.FixedKeys, "corruption"];

    internal override TrainingRun Open(RunSetup setup) => SpanCorruptionRun.Open(this, setup);

    private protected override void ValidateTask()
    {
        Corruption.Validate();
        if (Tokenizer.From is null && Tokenizer.Kind != TextTokenizerKind.ByteLevel)
        {
            throw new ConfigException("tokenizer.kind must be byteLevel for this task: the others that a run trains have no tokens for gaps; or name a tokenizer that has them with tokenizer.from");
        }
    }
}
