using Heed.Models.Causal;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Nn.Norms;
using Heed.Tensors.Random;

namespace Heed.Models.Gpt2;

/// <summary>GPT-2: learned positions, layer norms, GELU and biases everywhere, the output tied to the token table.</summary>
/// <remarks>Radford et al. 2019, section 2.3.</remarks>
internal sealed class Gpt2Family : PretrainedFamily
{
    private const string Prefix = "transformer.";

    public override string ModelType => "gpt2";

    public override string ClassifierName => "GPT2ForSequenceClassification";

    public override Module Create(HuggingFaceConfig config, ICheckpoint checkpoint)
    {
        DecoderOnlyConfig sizes = Read(config);
        GuardSize(sizes.FewestParameters + DecoderClassifiers.HeadParameters(sizes, config), sizes.NumLayers, checkpoint);
        return DecoderClassifiers.Create(sizes, config, UsualPooling);
    }

    public override Module CreateClassifier(Module body, int numClasses, Pooling pooling, RandomSource random) => DecoderClassifiers.Over(body, numClasses, pooling, random);

    /// <inheritdoc/>
    /// <remarks>Radford et al. 2019, section 2.3: what is added to the residual stream is drawn smaller, by one over the root of how much is added.</remarks>
    public override void Initialize(Module model, HuggingFaceConfig config, RandomSource random)
    {
        double deviation = config.NumberOrNull("initializer_range") ?? InitialWeights.UsualDeviation;
        double residual = deviation / Math.Sqrt(2.0 * config.Integer("n_layer"));
        InitialWeights.Draw(model, name => name.EndsWith(".out_proj.weight", StringComparison.Ordinal) || name.EndsWith(".fc2.weight", StringComparison.Ordinal) ? residual : deviation, random);
    }

    public override TensorRules Rules(Module model)
    {
        bool hasOutput = DecoderClassifiers.HasOutput(model);
        var whole = new TransposedPart(0, 1);
        var rules = new TensorRules { Canonical = name => Canonical(name, hasOutput) };
        rules.Add(Prefix + "wte.weight", "embed_tokens.weight");
        rules.Add(Prefix + "wpe.weight", "embed_positions.weight");
        rules.Add(Prefix + "h.{n}.ln_1.{p}", "layers.{n}.self_attn_layer_norm.{p}");
        rules.Add(Prefix + "h.{n}.attn.c_attn.{p}", "layers.{n}.self_attn.q_proj.{p}", new TransposedPart(0, 3));
        rules.Add(Prefix + "h.{n}.attn.c_attn.{p}", "layers.{n}.self_attn.k_proj.{p}", new TransposedPart(1, 3));
        rules.Add(Prefix + "h.{n}.attn.c_attn.{p}", "layers.{n}.self_attn.v_proj.{p}", new TransposedPart(2, 3));
        rules.Add(Prefix + "h.{n}.attn.c_proj.{p}", "layers.{n}.self_attn.out_proj.{p}", whole);
        rules.Add(Prefix + "h.{n}.ln_2.{p}", "layers.{n}.final_layer_norm.{p}");
        rules.Add(Prefix + "h.{n}.mlp.c_fc.{p}", "layers.{n}.fc1.{p}", whole);
        rules.Add(Prefix + "h.{n}.mlp.c_proj.{p}", "layers.{n}.fc2.{p}", whole);
        rules.Add(Prefix + "ln_f.{p}", "layer_norm.{p}");
        return rules;
    }

    private static DecoderOnlyConfig Read(HuggingFaceConfig config)
    {
        config.Require("scale_attn_weights", true);
        config.Require("scale_attn_by_inverse_layer_idx", false);
        config.Require("add_cross_attention", false);
        int width = config.Integer("n_embd");
        var sizes = new DecoderOnlyConfig
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = width,
            NumLayers = config.Integer("n_layer"),
            NumHeads = config.Integer("n_head"),
            DFeedForward = config.IntegerOrNull("n_inner") ?? (int)Math.Min(4L * width, int.MaxValue),
            Activation = config.ReadActivation("activation_function", "gelu_new"),
            Gated = false,
            InputBias = true,
            OutputBias = true,
            Norm = NormKind.LayerNorm,
            NormEpsilon = (float)(config.NumberOrNull("layer_norm_epsilon") ?? 1e-5),
            TieOutput = config.Flag("tie_word_embeddings", true),
            MaxLength = config.Integer("n_positions"),
            Dropout = (float)(config.NumberOrNull("resid_pdrop") ?? 0.1),
            AttentionDropout = (float)(config.NumberOrNull("attn_pdrop") ?? 0.1),
        };
        sizes.Validate();
        return sizes;
    }

    // Found on the hub: no prefix, the table once more as the output layer, and the causal mask.
    private static string? Canonical(string name, bool hasOutput)
    {
        if ((!hasOutput && name == "lm_head.weight") || name.EndsWith(".attn.bias", StringComparison.Ordinal) || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal))
        {
            return null;
        }

        bool isHead = name.StartsWith("lm_head.", StringComparison.Ordinal) || name.StartsWith("score.", StringComparison.Ordinal);
        return isHead || name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name;
    }
}
