using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;

namespace Heed.Models.Bart;

/// <summary>What BART and its relatives have in common as published models.</summary>
internal abstract class BartBasedFamily : PretrainedFamily
{
    private const string Prefix = "model.";

    public sealed override Module Create(HuggingFaceConfig config, ICheckpoint checkpoint)
    {
        BartConfig sizes = Adjust(config, Read(config)) with { LogitsBias = checkpoint.Find("final_logits_bias") is not null };
        sizes.Validate();
        GuardSize(sizes.FewestParameters, sizes.NumLayers, checkpoint);
        return new BartModel(sizes, random: null);
    }

    public sealed override TensorRules Rules(Module model) => new()
    {
        Canonical = name => Canonical(name, ((BartModel)model).Config),
        Otherwise = own => own == "final_logits_bias" ? own : Prefix + own,
    };

    /// <summary>What a family changes of the settings that all have.</summary>
    protected abstract BartConfig Adjust(HuggingFaceConfig config, BartConfig read);

    private static BartConfig Read(HuggingFaceConfig config)
    {
        config.Require("tie_word_embeddings", true);
        int width = config.Integer("d_model");
        return new BartConfig
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = width,
            NumEncoderLayers = config.Integer("encoder_layers"),
            NumDecoderLayers = config.Integer("decoder_layers"),
            NumEncoderHeads = config.Integer("encoder_attention_heads"),
            NumDecoderHeads = config.Integer("decoder_attention_heads"),
            DEncoderFeedForward = config.Integer("encoder_ffn_dim"),
            DDecoderFeedForward = config.Integer("decoder_ffn_dim"),
            Activation = config.ReadActivation("activation_function", "gelu"),
            ScaleEmbeddings = config.Flag("scale_embedding", false),
            Dropout = (float)(config.NumberOrNull("dropout") ?? 0.1),
            AttentionDropout = (float)(config.NumberOrNull("attention_dropout") ?? 0),
            ActivationDropout = (float)(config.NumberOrNull("activation_dropout") ?? 0),
            MaxLength = config.Integer("max_position_embeddings"),
            PadId = config.Integer("pad_token_id"),
            BosId = config.IntegerOrNull("decoder_start_token_id") ?? config.Integer("eos_token_id"),
            EosId = config.Integer("eos_token_id"),
        };
    }

    // Found on the hub: no prefix, the table under further names, and positions that are computed.
    private static string? Canonical(string name, BartConfig config)
    {
        string full = name.StartsWith(Prefix, StringComparison.Ordinal) || name is "final_logits_bias" or "lm_head.weight" ? name : Prefix + name;
        bool isLeftOver = full is "lm_head.weight" or "model.encoder.embed_tokens.weight" or "model.decoder.embed_tokens.weight"
            || (!config.LearnedPositions && full.EndsWith(".embed_positions.weight", StringComparison.Ordinal));
        return isLeftOver ? null : full;
    }
}
