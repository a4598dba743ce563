using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Pretrained;
using Heed.Nn.Positions;

namespace Heed.Models.Llama;

/// <summary>LLaMA and its relatives in GGUF files: llama.cpp's names and metadata.</summary>
/// <remarks>llama.cpp turns neighbouring pairs in LLaMA and Mistral (both under the architecture <c>llama</c>), and halves in Qwen2.</remarks>
internal static class LlamaGguf
{
    /// <exception cref="ModelFileException">Metadata are missing or malformed.</exception>
    public static DecoderOnlyConfig Read(GgufFile file, string architecture)
    {
        GgufMetadata values = file.Values;
        string Key(string name) => $"{architecture}.{name}";
        int numHeads = values.Integer(Key("attention.head_count"));
        int? headDim = values.IntegerOrNull(Key("attention.key_length"));
        CheckpointTensor embedding = file.Find("token_embd.weight") ?? throw new ModelFileException(file.FilePath, "there is no tensor \"token_embd.weight\"");
        try
        {
            var config = new DecoderOnlyConfig
            {
                VocabSize = embedding.Shape.Length == 2 && embedding.Shape[0] <= int.MaxValue ? (int)embedding.Shape[0] : throw new ModelFileException(file.FilePath, $"tensor \"token_embd.weight\" is {embedding}; expected [vocabulary, width]"),
                DModel = values.Integer(Key("embedding_length")),
                NumLayers = values.Integer(Key("block_count")),
                NumHeads = numHeads,
                NumKeyHeads = values.IntegerOrNull(Key("attention.head_count_kv")),
                HeadDim = headDim,
                DFeedForward = values.Integer(Key("feed_forward_length")),
                InputBias = file.Find("blk.0.attn_q.bias") is not null,
                OutputBias = file.Find("blk.0.attn_output.bias") is not null,
                NormEpsilon = values.Number(Key("attention.layer_norm_rms_epsilon")),
                Rotary = new RotaryPositions(values.NumberOrNull(Key("rope.freq_base")) ?? 10000f, Scaling(file, Key)),
                Window = values.IntegerOrNull(Key("attention.sliding_window")) is > 0 and { } window ? window : null,
                TieOutput = file.Find("output.weight") is null,
                MaxLength = values.Integer(Key("context_length")),
            };
            config.Validate();
            return config;
        }
        catch (ConfigException error)
        {
            throw new ModelFileException(file.FilePath, error.Message, error);
        }
    }

    /// <summary>The special tokens.</summary>
    public static LlamaTokenIds TokenIds(GgufFile file) =>
        new(GgufTokenizer.Id(file.Values, "bos"), GgufTokenizer.Id(file.Values, "eos"), GgufTokenizer.Id(file.Values, "padding"));

    public static TensorRules Rules(DecoderOnlyConfig config, string architecture)
    {
        TensorLayout? heads = architecture == "llama" ? new NeighbouringPairs(config.HeadDim ?? (config.DModel / config.NumHeads)) : null;
        var rules = new TensorRules { Canonical = name => name == "rope_freqs.weight" ? null : name };
        rules.Add("token_embd.weight", "embed_tokens.weight");
        rules.Add("blk.{n}.attn_q.{p}", "layers.{n}.self_attn.q_proj.{p}", heads);
        rules.Add("blk.{n}.attn_k.{p}", "layers.{n}.self_attn.k_proj.{p}", heads);
        rules.Add("blk.{n}.attn_v.{p}", "layers.{n}.self_attn.v_proj.{p}");
        rules.Add("blk.{n}.attn_output.{p}", "layers.{n}.self_attn.out_proj.{p}");
        rules.Add("blk.{n}.attn_norm.weight", "layers.{n}.self_attn_layer_norm.weight");
        rules.Add("blk.{n}.ffn_norm.weight", "layers.{n}.final_layer_norm.weight");
        rules.Add("blk.{n}.ffn_gate.{p}", "layers.{n}.gate_proj.{p}");
        rules.Add("blk.{n}.ffn_up.{p}", "layers.{n}.up_proj.{p}");
        rules.Add("blk.{n}.ffn_down.{p}", "layers.{n}.down_proj.{p}");
        rules.Add("output_norm.weight", "layer_norm.weight");
        rules.Add("output.weight", "lm_head.weight");
        return rules;
    }

    private static RotaryScaling? Scaling(GgufFile file, Func<string, string> key)
    {
        if (file.Find("rope_freqs.weight") is not null)
        {
            return new TableRotaryScaling([.. file.ReadFloat32("rope_freqs.weight")]);
        }

        return file.Values.TextOrNull(key("rope.scaling.type")) switch
        {
            null or "none" => null,
            "linear" => new LinearRotaryScaling(file.Values.Number(key("rope.scaling.factor"))),
            { } other => throw new ModelFileException(file.FilePath, $"the rotary scaling {Display.Quote(other)} is not supported; none and linear are"),
        };
    }
}
