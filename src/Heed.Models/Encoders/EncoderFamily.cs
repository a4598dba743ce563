using Heed.Models.Classification;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors.Random;

namespace Heed.Models.Encoders;

/// <summary>What BERT, RoBERTa and DistilBERT have in common as published models.</summary>
internal abstract class EncoderFamily : PretrainedFamily
{
    /// <summary>What the names of the encoder's own tensors begin with.</summary>
    protected abstract string Prefix { get; }

    public override Module Create(HuggingFaceConfig config, ICheckpoint checkpoint)
    {
        EncoderConfig sizes = Read(config, HeadOf(config), checkpoint) with { NumClasses = ClassLabels.Count(config), Pooling = ClassLabels.ReadPooling(config, UsualPooling) };
        sizes.Validate();
        GuardSize(sizes.FewestParameters, sizes.NumLayers, checkpoint);
        return new EncoderModel(sizes, random: null);
    }

    public override Pooling UsualPooling => Pooling.First;

    public override Module CreateClassifier(Module body, int numClasses, Pooling pooling, RandomSource random) =>
        new EncoderModel(((EncoderModel)body).Config with { Head = EncoderHead.Classes, NumClasses = numClasses, HasPooler = true, Pooling = pooling }, random);

    public override TensorRules Rules(Module model)
    {
        EncoderConfig config = ((EncoderModel)model).Config;
        var rules = new TensorRules { Canonical = name => Canonical(name, config) };
        AddRules(rules, config);
        return rules;
    }

    protected abstract EncoderConfig Read(HuggingFaceConfig config, EncoderHead head, ICheckpoint checkpoint);

    protected abstract void AddRules(TensorRules rules, EncoderConfig config);

    /// <summary>Whether a tensor is left over from another training of the same encoder.</summary>
    protected abstract bool IsLeftOver(string name, EncoderConfig config);

    /// <summary>What the names of heads' tensors begin with, which have no prefix of the encoder's.</summary>
    protected abstract IReadOnlyList<string> HeadNames { get; }

    // Found on the hub: norms called gamma and beta, encoders saved without their prefix, positions that are computed.
    private string? Canonical(string name, EncoderConfig config)
    {
        string renamed = name.Replace(".gamma", ".weight", StringComparison.Ordinal).Replace(".beta", ".bias", StringComparison.Ordinal);
        bool isHead = HeadNames.Any(head => renamed.StartsWith(head, StringComparison.Ordinal));
        renamed = isHead || renamed.StartsWith(Prefix, StringComparison.Ordinal) ? renamed : Prefix + renamed;
        return renamed.EndsWith(".position_ids", StringComparison.Ordinal) || IsLeftOver(renamed, config) ? null : renamed;
    }

    private static EncoderHead HeadOf(HuggingFaceConfig config)
    {
        string architecture = config.Texts("architectures").FirstOrDefault() ?? string.Empty;
        return architecture switch
        {
            _ when architecture.EndsWith("ForMaskedLM", StringComparison.Ordinal) || architecture.EndsWith("ForPreTraining", StringComparison.Ordinal) => EncoderHead.MaskedTokens,
            _ when architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal) => EncoderHead.Classes,
            _ when architecture.Length == 0 || architecture.EndsWith("Model", StringComparison.Ordinal) => EncoderHead.None,
            _ => throw config.Error("architectures", $"names {Display.Quote(architecture)}; known are ...Model, ...ForMaskedLM, ...ForPreTraining and ...ForSequenceClassification"),
        };
    }
}
