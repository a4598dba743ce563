using Heed.Models.Pretrained;

namespace Heed.Models.Llama;

/// <summary>The tensors of LLaMA and its relatives under Hugging Face's names.</summary>
internal static class LlamaRules
{
    public static TensorRules AddLlama(this TensorRules rules)
    {
        rules.Add("model.embed_tokens.weight", "embed_tokens.weight");
        rules.Add("model.layers.{n}.self_attn.o_proj.{p}", "layers.{n}.self_attn.out_proj.{p}");
        rules.Add("model.layers.{n}.self_attn.{x}.{p}", "layers.{n}.self_attn.{x}.{p}");
        rules.Add("model.layers.{n}.input_layernorm.weight", "layers.{n}.self_attn_layer_norm.weight");
        rules.Add("model.layers.{n}.post_attention_layernorm.weight", "layers.{n}.final_layer_norm.weight");
        rules.Add("model.layers.{n}.mlp.{x}.{p}", "layers.{n}.{x}.{p}");
        rules.Add("model.norm.weight", "layer_norm.weight");
        return rules;
    }
}
