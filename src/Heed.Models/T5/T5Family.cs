using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.T5;

/// <summary>T5 1.0 and 1.1 as published.</summary>
internal sealed class T5Family : PretrainedFamily
{
    // Distances have no limit; only memory has.
    private const int MaxLength = 1 << 20;

    public override string ModelType => "t5";

    public override Module Create(HuggingFaceConfig config, ICheckpoint checkpoint)
    {
        T5Config sizes = Read(config);
        sizes.Validate();
        GuardSize(sizes.FewestParameters, sizes.NumLayers, checkpoint);
        return new T5Model(sizes, random: null);
    }

    /// <inheritdoc/>
    /// <remarks>Token vectors of variance 1; each matrix by its inputs, those of queries so that unscaled scores begin with variance 1 (the authors' published code).</remarks>
    public override void Initialize(Module model, HuggingFaceConfig config, RandomSource random)
    {
        T5Config sizes = ((T5Model)model).Config;
        InitialWeights.Draw(model, name => Deviation(name, sizes), random);
    }

    private static double Deviation(string name, T5Config sizes) => name switch
    {
        "shared.weight" or "lm_head.weight" => 1,
        _ when name.EndsWith("q_proj.weight", StringComparison.Ordinal) => 1 / Math.Sqrt((double)sizes.DModel * sizes.HeadDim),
        _ when name.EndsWith("out_proj.weight", StringComparison.Ordinal) => 1 / Math.Sqrt((double)sizes.NumHeads * sizes.HeadDim),
        _ when name.EndsWith("fc2.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal) => 1 / Math.Sqrt(sizes.DFeedForward),
        _ => 1 / Math.Sqrt(sizes.DModel),
    };

    public override TensorRules Rules(Module model)
    {
        bool tied = ((T5Model)model).Config.TieOutput;
        var rules = new TensorRules { Canonical = name => IsLeftOver(name, tied) ? null : name };
        foreach ((string stack, int feedForward) in new[] { ("encoder", 1), ("decoder", 2) })
        {
            string block = $"{stack}.block.{{n}}.layer.", own = stack + ".layers.{n}.";
            rules.Add($"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight", stack + ".relative_bias.weight");
            AddAttention(rules, block + "0.SelfAttention.", own + "self_attn.");
            rules.Add(block + "0.layer_norm.weight", own + "self_attn_layer_norm.weight");
            AddAttention(rules, block + "1.EncDecAttention.", own + "encoder_attn.");
            rules.Add(block + "1.layer_norm.weight", own + "encoder_attn_layer_norm.weight");
            string dense = $"{block}{feedForward}.DenseReluDense.";
            rules.Add(dense + "wi.weight", own + "fc1.weight");
            rules.Add(dense + "wo.weight", own + "fc2.weight");
            rules.Add(dense + "wi_0.weight", own + "gate_proj.weight");
            rules.Add(dense + "wi_1.weight", own + "up_proj.weight");
            rules.Add(dense + "wo.weight", own + "down_proj.weight");
            rules.Add($"{block}{feedForward}.layer_norm.weight", own + "final_layer_norm.weight");
            rules.Add(stack + ".final_layer_norm.weight", stack + ".layer_norm.weight");
        }

        return rules;
    }

    private static void AddAttention(TensorRules rules, string foreign, string own)
    {
        rules.Add(foreign + "q.weight", own + "q_proj.weight");
        rules.Add(foreign + "k.weight", own + "k_proj.weight");
        rules.Add(foreign + "v.weight", own + "v_proj.weight");
        rules.Add(foreign + "o.weight", own + "out_proj.weight");
    }

    private static T5Config Read(HuggingFaceConfig config)
    {
        const string gatedPrefix = "gated-";
        string name = config.TextOrNull("feed_forward_proj") ?? "relu";
        bool gated = name.StartsWith(gatedPrefix, StringComparison.Ordinal);
        Activation activation = config.Choose(
            "feed_forward_proj", "relu",
            ("relu", Activation.Relu), ("gelu", Activation.Gelu), ("gelu_new", Activation.GeluTanh), ("silu", Activation.Silu),
            ("gated-relu", Activation.Relu), ("gated-gelu", Activation.GeluTanh), ("gated-silu", Activation.Silu));
        return new T5Config
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = config.Integer("d_model"),
            NumHeads = config.Integer("num_heads"),
            HeadDim = config.Integer("d_kv"),
            DFeedForward = config.Integer("d_ff"),
            NumEncoderLayers = config.Integer("num_layers"),
            NumDecoderLayers = config.IntegerOrNull("num_decoder_layers") ?? config.Integer("num_layers"),
            Activation = activation,
            Gated = gated,
            NumBuckets = config.IntegerOrNull("relative_attention_num_buckets") ?? 32,
            MaxDistance = config.IntegerOrNull("relative_attention_max_distance") ?? 128,
            TieOutput = config.Flag("tie_word_embeddings", true),
            NormEpsilon = (float)(config.NumberOrNull("layer_norm_epsilon") ?? 1e-6),
            Dropout = (float)(config.NumberOrNull("dropout_rate") ?? 0.1),
            MaxLength = MaxLength,
            PadId = config.IntegerOrNull("pad_token_id") ?? 0,
            BosId = config.IntegerOrNull("decoder_start_token_id") ?? 0,
            EosId = config.IntegerOrNull("eos_token_id") ?? 1,
        };
    }

    // The table under further names, and a bias that the first releases had and never used.
    private static bool IsLeftOver(string name, bool tied) =>
        name is "encoder.embed_tokens.weight" or "decoder.embed_tokens.weight" or "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight"
        || (tied && name == "lm_head.weight");
}
