using Heed.Models.Encoders;
using Heed.Models.Pretrained;

namespace Heed.Models.Bert;

/// <summary><c>config.json</c> of BERT and RoBERTa, which share its keys.</summary>
internal static class BertConfigFile
{
    public static EncoderConfig Read(HuggingFaceConfig config, EncoderHead head)
    {
        config.Choose("position_embedding_type", "absolute", ("absolute", true));
        config.Require("is_decoder", false);
        double dropout = config.NumberOrNull("hidden_dropout_prob") ?? 0.1;
        return new EncoderConfig
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = config.Integer("hidden_size"),
            NumLayers = config.Integer("num_hidden_layers"),
            NumHeads = config.Integer("num_attention_heads"),
            DFeedForward = config.Integer("intermediate_size"),
            Activation = config.ReadActivation("hidden_act", "gelu"),
            HeadActivation = config.ReadActivation("hidden_act", "gelu"),
            NumPositions = config.Integer("max_position_embeddings"),
            NumTokenTypes = config.IntegerOrNull("type_vocab_size") ?? 2,
            NormEpsilon = (float)(config.NumberOrNull("layer_norm_eps") ?? 1e-12),
            Head = head,
            Dropout = (float)dropout,
            AttentionDropout = (float)(config.NumberOrNull("attention_probs_dropout_prob") ?? 0.1),
            ClassifierDropout = (float)(config.NumberOrNull("classifier_dropout") ?? dropout),
        };
    }

    /// <summary>The tensors of the encoder, which the two families name alike.</summary>
    /// <param name="rules">Receives the rules.</param>
    /// <param name="prefix">What the names begin with.</param>
    public static void AddBertLayers(this TensorRules rules, string prefix)
    {
        rules.Add(prefix + "embeddings.word_embeddings.weight", "embed_tokens.weight");
        rules.Add(prefix + "embeddings.position_embeddings.weight", "embed_positions.weight");
        rules.Add(prefix + "embeddings.token_type_embeddings.weight", "embed_types.weight");
        rules.Add(prefix + "embeddings.LayerNorm.{p}", "embed_norm.{p}");
        string layer = prefix + "encoder.layer.{n}.";
        rules.Add(layer + "attention.self.query.{p}", "layers.{n}.self_attn.q_proj.{p}");
        rules.Add(layer + "attention.self.key.{p}", "layers.{n}.self_attn.k_proj.{p}");
        rules.Add(layer + "attention.self.value.{p}", "layers.{n}.self_attn.v_proj.{p}");
        rules.Add(layer + "attention.output.dense.{p}", "layers.{n}.self_attn.out_proj.{p}");
        rules.Add(layer + "attention.output.LayerNorm.{p}", "layers.{n}.self_attn_layer_norm.{p}");
        rules.Add(layer + "intermediate.dense.{p}", "layers.{n}.fc1.{p}");
        rules.Add(layer + "output.dense.{p}", "layers.{n}.fc2.{p}");
        rules.Add(layer + "output.LayerNorm.{p}", "layers.{n}.final_layer_norm.{p}");
    }
}
