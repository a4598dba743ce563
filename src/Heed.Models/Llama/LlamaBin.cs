using Heed.Models.Causal;
using Heed.Models.Formats.Llama2C;
using Heed.Models.Pretrained;
using Heed.Nn.Positions;

namespace Heed.Models.Llama;

/// <summary>LLaMA in llama2.c's files, which hold the sizes and nothing else: the rest is LLaMA 2's.</summary>
internal static class LlamaBin
{
    public static DecoderOnlyModel Create(Llama2CFile file) => new(Sizes(file.Header), random: null);

    public static string Config(Llama2CFile file) => LlamaConfigFile.Write(Sizes(file.Header), "llama", new LlamaTokenIds(Bos: 1, Eos: 2, Pad: null));

    public static TensorRules Rules(Llama2CFile file)
    {
        var heads = new NeighbouringPairs(file.Header.HeadDim);
        var rules = new TensorRules { Canonical = name => name is "freqs_cos" or "freqs_sin" ? null : name };
        rules.Add("tok_embeddings.weight", "embed_tokens.weight");
        rules.Add("layers.{n}.attention.wq.weight", "layers.{n}.self_attn.q_proj.weight", heads);
        rules.Add("layers.{n}.attention.wk.weight", "layers.{n}.self_attn.k_proj.weight", heads);
        rules.Add("layers.{n}.attention.wv.weight", "layers.{n}.self_attn.v_proj.weight");
        rules.Add("layers.{n}.attention.wo.weight", "layers.{n}.self_attn.out_proj.weight");
        rules.Add("layers.{n}.attention_norm.weight", "layers.{n}.self_attn_layer_norm.weight");
        rules.Add("layers.{n}.ffn_norm.weight", "layers.{n}.final_layer_norm.weight");
        rules.Add("layers.{n}.feed_forward.w1.weight", "layers.{n}.gate_proj.weight");
        rules.Add("layers.{n}.feed_forward.w2.weight", "layers.{n}.down_proj.weight");
        rules.Add("layers.{n}.feed_forward.w3.weight", "layers.{n}.up_proj.weight");
        rules.Add("norm.weight", "layer_norm.weight");
        rules.Add("output.weight", "lm_head.weight");
        return rules;
    }

    private static DecoderOnlyConfig Sizes(Llama2CHeader header) => new()
    {
        VocabSize = header.VocabSize,
        DModel = header.Dim,
        NumLayers = header.Layers,
        NumHeads = header.Heads,
        NumKeyHeads = header.KeyHeads,
        DFeedForward = header.HiddenDim,
        NormEpsilon = 1e-5f,
        Rotary = new RotaryPositions(),
        TieOutput = header.SharedClassifier,
        MaxLength = header.MaxLength,
    };
}
