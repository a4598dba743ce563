using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Nn.Positions;
using Heed.Tensors;

namespace Heed.Models.Llama;

/// <summary><c>config.json</c> of LLaMA, Mistral and Qwen2.</summary>
internal static class LlamaConfigFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <exception cref="ConfigException">A value is missing, out of range, or asks for what is not supported.</exception>
    public static DecoderOnlyConfig Read(HuggingFaceConfig config, string modelType)
    {
        bool isQwen = modelType == "qwen2";
        config.Require("mlp_bias", false);
        bool bias = config.Flag("attention_bias", false);
        var sizes = new DecoderOnlyConfig
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = config.Integer("hidden_size"),
            NumLayers = config.Integer("num_hidden_layers"),
            NumHeads = config.Integer("num_attention_heads"),
            NumKeyHeads = config.IntegerOrNull("num_key_value_heads"),
            HeadDim = config.IntegerOrNull("head_dim"),
            DFeedForward = config.Integer("intermediate_size"),
            Activation = config.ReadActivation("hidden_act", "silu"),
            InputBias = isQwen || bias,
            OutputBias = !isQwen && bias,
            NormEpsilon = (float)(config.NumberOrNull("rms_norm_eps") ?? 1e-6),
            Rotary = new RotaryPositions((float)(config.NumberOrNull("rope_theta") ?? 10000), Scaling(config.Section("rope_scaling"))),
            Window = Window(config, modelType),
            TieOutput = config.Flag("tie_word_embeddings", false),
            MaxLength = config.Integer("max_position_embeddings"),
            AttentionDropout = (float)(config.NumberOrNull("attention_dropout") ?? 0),
        };
        sizes.Validate();
        return sizes;
    }

    /// <summary>A file for a model that came from another format.</summary>
    public static string Write(DecoderOnlyConfig config, string modelType, LlamaTokenIds ids) => new JsonObject
    {
        ["architectures"] = new JsonArray(modelType switch { "mistral" => "MistralForCausalLM", "qwen2" => "Qwen2ForCausalLM", _ => "LlamaForCausalLM" }),
        ["attention_bias"] = config.OutputBias,
        ["bos_token_id"] = ids.Bos,
        ["eos_token_id"] = ids.Eos,
        ["head_dim"] = config.HeadDim ?? (config.DModel / config.NumHeads),
        ["hidden_act"] = Activations.NameOf(config.Activation),
        ["hidden_size"] = config.DModel,
        ["intermediate_size"] = config.DFeedForward,
        ["max_position_embeddings"] = config.MaxLength,
        ["model_type"] = modelType,
        ["num_attention_heads"] = config.NumHeads,
        ["num_hidden_layers"] = config.NumLayers,
        ["num_key_value_heads"] = config.NumKeyHeads ?? config.NumHeads,
        ["pad_token_id"] = ids.Pad,
        ["rms_norm_eps"] = config.NormEpsilon,
        ["rope_scaling"] = Write(config.Rotary!.Scaling),
        ["rope_theta"] = config.Rotary.Theta,
        ["sliding_window"] = config.Window,
        ["tie_word_embeddings"] = config.TieOutput,
        ["vocab_size"] = config.VocabSize,
    }.ToJsonString(Indented) + "\n";

    private static RotaryScaling? Scaling(HuggingFaceConfig? section)
    {
        if (section is null)
        {
            return null;
        }

        string key = section.Has("rope_type") ? "rope_type" : "type";
        return section.Choose<Func<RotaryScaling?>>(
            key,
            otherwise: null,
            ("default", () => null),
            ("linear", () => new LinearRotaryScaling(section.Number("factor"))),
            ("table", () => new TableRotaryScaling([.. section.Numbers("factors").Select(factor => (float)factor)])),
            ("llama3", () => new Llama3RotaryScaling(
                section.Number("factor"), section.Number("low_freq_factor"), section.Number("high_freq_factor"), section.Integer("original_max_position_embeddings"))))();
    }

    private static JsonObject? Write(RotaryScaling? scaling) => scaling switch
    {
        null => null,
        LinearRotaryScaling linear => new JsonObject { ["rope_type"] = "linear", ["type"] = "linear", ["factor"] = linear.Factor },
        Llama3RotaryScaling llama3 => new JsonObject
        {
            ["rope_type"] = "llama3",
            ["factor"] = llama3.Factor,
            ["low_freq_factor"] = llama3.LowFrequencyFactor,
            ["high_freq_factor"] = llama3.HighFrequencyFactor,
            ["original_max_position_embeddings"] = llama3.OriginalLength,
        },
        TableRotaryScaling table => new JsonObject { ["rope_type"] = "table", ["factors"] = new JsonArray([.. table.Factors.Select(factor => JsonValue.Create(factor))]) },
        _ => throw new ConfigException($"{scaling.GetType().Name} has no name in config.json"),
    };

    // Qwen2 names a window even where it does not use it.
    private static int? Window(HuggingFaceConfig config, string modelType) => modelType switch
    {
        "mistral" => config.IntegerOrNull("sliding_window"),
        "qwen2" when config.Flag("use_sliding_window", false) => throw config.Error("use_sliding_window", "is true; a window in some layers only is not supported"),
        _ => null,
    };
}
