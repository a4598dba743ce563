using Heed.Models.Causal;
using Heed.Models.Decoding;
using Heed.Models.Encoders;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Laws;

/// <summary>Any model behind one face, so that each law is tested of all of them.</summary>
internal sealed class ModelVariant
{
    public const int VocabSize = 11;
    public const int MaxLength = 9;

    private ModelVariant(Module module, Func<ModelInput, DropoutSource?, Tensor> forward, Func<ModelInput, Segments> outputs)
    {
        Module = module;
        Forward = forward;
        Outputs = outputs;
    }

    /// <summary>The model.</summary>
    public Module Module { get; }

    /// <summary>All outputs of a batch, [rows, any width].</summary>
    public Func<ModelInput, DropoutSource?, Tensor> Forward { get; }

    /// <summary>The rows of each sequence among the outputs.</summary>
    public Func<ModelInput, Segments> Outputs { get; }

    /// <summary>Begins to decode with a cache, for models that write: from sources, or from prompts.</summary>
    public Func<ModelInput, DecodingSession>? Begin { get; private init; }

    /// <summary>Whether a sequence's first tokens are read as a prompt, all at once.</summary>
    public bool ReadsPrompts { get; private init; }

    public static ModelVariant Of(Seq2SeqConfig config, ulong seed)
    {
        Seq2SeqModel model = config.CreateModel(new SeededRandom(seed));
        return new ModelVariant(model, (input, dropout) => model.Logits(new TokenBatch(input.SourceIds, input.Sources, input.TargetIds, input.TargetIds, input.Targets), dropout), input => input.Targets)
        {
            Begin = input => model.Begin(input.SourceIds, input.Sources),
        };
    }

    public static ModelVariant Of(DecoderOnlyConfig config, ulong seed)
    {
        var model = new DecoderOnlyModel(config, new SeededRandom(seed));
        return new ModelVariant(model, (input, dropout) => model.Logits(input.TargetIds, input.Targets, dropout), input => input.Targets)
        {
            Begin = input => model.Begin(input.TargetIds, input.Targets),
            ReadsPrompts = true,
        };
    }

    public static ModelVariant Of(EncoderConfig config, ulong seed)
    {
        var model = new EncoderModel(config, new SeededRandom(seed));
        return config.Head switch
        {
            EncoderHead.MaskedTokens => new ModelVariant(model, (input, dropout) => model.TokenLogits(input.SourceIds, input.Sources, default, dropout), input => input.Sources),
            EncoderHead.Classes => new ModelVariant(model, (input, dropout) => model.ClassLogits(input.SourceIds, input.Sources, default, dropout), input => Segments.Uniform(input.Sources.Count, 1)),
            _ => new ModelVariant(model, (input, dropout) => model.States(input.SourceIds, input.Sources, default, dropout), input => input.Sources),
        };
    }

    /// <summary>The outputs of one sequence.</summary>
    public Tensor Rows(Tensor outputs, ModelInput input, int sequence)
    {
        Segments rows = Outputs(input);
        return outputs.RowRange(rows.Starts[sequence], rows.Lengths[sequence]);
    }
}
