using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Tensors;

namespace Heed.Models.DistilBert;

/// <summary>DistilBERT: half of BERT's layers, no token types, and a rectifier in front of the classes.</summary>
/// <remarks>Sanh et al. 2019.</remarks>
internal sealed class DistilBertFamily : EncoderFamily
{
    public override string ModelType => "distilbert";

    public override string ClassifierName => "DistilBertForSequenceClassification";

    protected override string Prefix => "distilbert.";

    protected override IReadOnlyList<string> HeadNames => ["vocab_", "pre_classifier.", "classifier."];

    protected override EncoderConfig Read(HuggingFaceConfig config, EncoderHead head, ICheckpoint checkpoint) => new()
    {
        VocabSize = config.Integer("vocab_size"),
        DModel = config.Integer("dim"),
        NumLayers = config.Integer("n_layers"),
        NumHeads = config.Integer("n_heads"),
        DFeedForward = config.Integer("hidden_dim"),
        Activation = config.ReadActivation("activation", "gelu"),
        HeadActivation = config.ReadActivation("activation", "gelu"),
        NumPositions = config.Integer("max_position_embeddings"),
        Head = head,
        HasPooler = head == EncoderHead.Classes,
        PoolerActivation = Activation.Relu,
        Dropout = (float)(config.NumberOrNull("dropout") ?? 0.1),
        AttentionDropout = (float)(config.NumberOrNull("attention_dropout") ?? 0.1),
        ClassifierDropout = (float)(config.NumberOrNull("seq_classif_dropout") ?? 0.2),
    };

    protected override void AddRules(TensorRules rules, EncoderConfig config)
    {
        rules.Add(Prefix + "embeddings.word_embeddings.weight", "embed_tokens.weight");
        rules.Add(Prefix + "embeddings.position_embeddings.weight", "embed_positions.weight");
        rules.Add(Prefix + "embeddings.LayerNorm.{p}", "embed_norm.{p}");
        string layer = Prefix + "transformer.layer.{n}.";
        rules.Add(layer + "attention.q_lin.{p}", "layers.{n}.self_attn.q_proj.{p}");
        rules.Add(layer + "attention.k_lin.{p}", "layers.{n}.self_attn.k_proj.{p}");
        rules.Add(layer + "attention.v_lin.{p}", "layers.{n}.self_attn.v_proj.{p}");
        rules.Add(layer + "attention.out_lin.{p}", "layers.{n}.self_attn.out_proj.{p}");
        rules.Add(layer + "sa_layer_norm.{p}", "layers.{n}.self_attn_layer_norm.{p}");
        rules.Add(layer + "ffn.lin1.{p}", "layers.{n}.fc1.{p}");
        rules.Add(layer + "ffn.lin2.{p}", "layers.{n}.fc2.{p}");
        rules.Add(layer + "output_layer_norm.{p}", "layers.{n}.final_layer_norm.{p}");
        rules.Add("pre_classifier.{p}", "pooler.{p}");
        rules.Add("vocab_transform.{p}", "lm_head.dense.{p}");
        rules.Add("vocab_layer_norm.{p}", "lm_head.layer_norm.{p}");
        rules.Add("vocab_projector.bias", "lm_head.bias");
    }

    protected override bool IsLeftOver(string name, EncoderConfig config) =>
        name == "vocab_projector.weight"
        || (config.Head != EncoderHead.MaskedTokens && name.StartsWith("vocab_", StringComparison.Ordinal));
}
