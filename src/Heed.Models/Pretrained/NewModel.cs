using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Configuration;

namespace Heed.Models.Pretrained;

/// <summary>The families of which new models are made.</summary>
public enum NewModelFamily
{
    /// <summary>Continues text: learned positions, layer norms, GELU (Radford et al. 2019).</summary>
    Gpt2,

    /// <summary>Continues text: rotary positions, RMS norms, gated feed-forward layers (Touvron et al. 2023).</summary>
    Llama,

    /// <summary>Fills gaps in text, embeds it, classifies it (Devlin et al. 2019).</summary>
    Bert,

    /// <summary>Reads one text and writes another (Raffel et al. 2020, version 1.1).</summary>
    T5,
}

/// <summary>The sizes of a model that is to be made, whatever its family calls them.</summary>
public sealed record NewModel
{
    private const int GateMultiple = 32;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The family.</summary>
    public required NewModelFamily Family { get; init; }

    /// <summary>The number of tokens.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The width of the residual stream.</summary>
    public required int DModel { get; init; }

    /// <summary>The number of layers; of T5, in the encoder and in the decoder each.</summary>
    public required int NumLayers { get; init; }

    /// <summary>Attention heads.</summary>
    public required int NumHeads { get; init; }

    /// <summary>Key and value heads of LLaMA; null is one for each head.</summary>
    public int? NumKeyHeads { get; init; }

    /// <summary>The inner width of the feed-forward layers; null is 4 times dModel, or 8/3 where they have a gate, rounded up to a multiple of 32.</summary>
    public int? DFeedForward { get; init; }

    /// <summary>The longest sequence; means nothing for T5, whose positions are distances.</summary>
    public required int MaxLength { get; init; }

    /// <summary>The probability of dropping an element: of the embeddings, of each sub-layer's output, of the attention weights. LLaMA drops attention weights only.</summary>
    public float Dropout { get; init; }

    /// <summary>The token that ends a text, and before the first one begins it.</summary>
    public required int EosId { get; init; }

    /// <summary>The token that fills short lines; with T5, the one that the decoder begins with.</summary>
    public int? PadId { get; init; }

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ConfigException">A size is out of range or does not fit another; the message names both.</exception>
    public void Validate()
    {
        ConfigGuard.Positive(VocabSize);
        ConfigGuard.Positive(DModel);
        ConfigGuard.Positive(NumLayers);
        ConfigGuard.Positive(NumHeads);
        ConfigGuard.Positive(MaxLength);
        ConfigGuard.Divides(NumHeads, DModel);
        int numKeyHeads = NumKeyHeads ?? NumHeads, dFeedForward = DFeedForward ?? 1;
        ConfigGuard.Positive(numKeyHeads);
        ConfigGuard.Divides(numKeyHeads, NumHeads);
        ConfigGuard.Positive(dFeedForward);
        ConfigGuard.Matrix(VocabSize, DModel);
        ConfigGuard.Matrix(DModel, DModel);
        ConfigGuard.Probability(Dropout);
        if (Family == NewModelFamily.Llama && DModel / NumHeads % 2 != 0)
        {
            throw new ConfigException($"dModel {DModel} / numHeads {NumHeads} is {DModel / NumHeads}, but rotary positions turn pairs of elements; make it even");
        }
    }

    /// <summary>The text of the model's <c>config.json</c>, as Hugging Face's library writes it.</summary>
    public string ToConfig() => (Family switch
    {
        NewModelFamily.Gpt2 => Gpt2(),
        NewModelFamily.Llama => Llama(),
        NewModelFamily.Bert => Bert(),
        NewModelFamily.T5 => T5(),
        _ => throw new ConfigException($"{Family} is no family of new models"),
    }).ToJsonString(Indented) + "\n";

    private int Gated => DFeedForward ?? ((((8 * DModel) + 2) / 3) + GateMultiple - 1) / GateMultiple * GateMultiple;

    private int Ungated => DFeedForward ?? (4 * DModel);

    private JsonObject Gpt2() => new()
    {
        ["architectures"] = new JsonArray("GPT2LMHeadModel"),
        ["model_type"] = "gpt2",
        ["activation_function"] = "gelu_new",
        ["attn_pdrop"] = Dropout,
        ["bos_token_id"] = EosId,
        ["embd_pdrop"] = Dropout,
        ["eos_token_id"] = EosId,
        ["layer_norm_epsilon"] = 1e-5,
        ["n_embd"] = DModel,
        ["n_head"] = NumHeads,
        ["n_inner"] = Ungated,
        ["n_layer"] = NumLayers,
        ["n_positions"] = MaxLength,
        ["resid_pdrop"] = Dropout,
        ["tie_word_embeddings"] = true,
        ["vocab_size"] = VocabSize,
    };

    private JsonObject Llama() => new()
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["model_type"] = "llama",
        ["attention_dropout"] = Dropout,
        ["bos_token_id"] = EosId,
        ["eos_token_id"] = EosId,
        ["hidden_act"] = "silu",
        ["hidden_size"] = DModel,
        ["intermediate_size"] = Gated,
        ["max_position_embeddings"] = MaxLength,
        ["num_attention_heads"] = NumHeads,
        ["num_hidden_layers"] = NumLayers,
        ["num_key_value_heads"] = NumKeyHeads ?? NumHeads,
        ["rms_norm_eps"] = 1e-5,
        ["rope_theta"] = 10000,
        ["tie_word_embeddings"] = true,
        ["vocab_size"] = VocabSize,
    };

    private JsonObject Bert() => new()
    {
        ["architectures"] = new JsonArray("BertForMaskedLM"),
        ["model_type"] = "bert",
        ["attention_probs_dropout_prob"] = Dropout,
        ["hidden_act"] = "gelu",
        ["hidden_dropout_prob"] = Dropout,
        ["hidden_size"] = DModel,
        ["intermediate_size"] = Ungated,
        ["layer_norm_eps"] = 1e-12,
        ["max_position_embeddings"] = MaxLength,
        ["num_attention_heads"] = NumHeads,
        ["num_hidden_layers"] = NumLayers,
        ["pad_token_id"] = PadId,
        ["type_vocab_size"] = 2,
        ["vocab_size"] = VocabSize,
    };

    private JsonObject T5() => new()
    {
        ["architectures"] = new JsonArray("T5ForConditionalGeneration"),
        ["model_type"] = "t5",
        ["d_ff"] = Gated,
        ["d_kv"] = DModel / Math.Max(1, NumHeads),
        ["d_model"] = DModel,
        ["decoder_start_token_id"] = PadId,
        ["dropout_rate"] = Dropout,
        ["eos_token_id"] = EosId,
        ["feed_forward_proj"] = "gated-gelu",
        ["num_decoder_layers"] = NumLayers,
        ["num_heads"] = NumHeads,
        ["num_layers"] = NumLayers,
        ["pad_token_id"] = PadId,
        ["tie_word_embeddings"] = true,
        ["vocab_size"] = VocabSize,
    };
}
