using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;

namespace Heed.Models.Marian;

/// <summary>Exchanges our encoder-decoder Transformer with folders that Hugging Face's <c>MarianMTModel</c> loads. Outputs are equal, and weights come back unchanged.</summary>
/// <remarks>
/// The two are the same model but for the order of a position's sines and cosines: ours alternate (Vaswani et al. 2017), Marian's stand in halves. The
/// order of a residual stream's axes is free, so every matrix that reads or writes the stream has its axes permuted.
/// </remarks>
public static class MarianExport
{
    private const string LogitsBias = "final_logits_bias";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a model as a Marian folder: <c>config.json</c>, <c>model.safetensors</c>, <c>generation_config.json</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder; made if missing. Other files in it stay.</param>
    /// <param name="dataType">How the weights are stored: F32, F16 or BF16.</param>
    /// <exception cref="ArgumentException">Marian has no such model: norms come first, or tables are not shared.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(TransformerModel model, string folder, SafetensorsDataType dataType = SafetensorsDataType.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        TransformerConfig config = model.Config;
        if (config.NormPlacement != NormPlacement.PostNorm || !config.ShareEmbeddings || !config.TieOutput)
        {
            throw new ArgumentException("Marian's Transformer has its norms after the sub-layers and one table for source, target and output; train with normPlacement: postNorm, shareEmbeddings: true and tieOutput: true", nameof(model));
        }

        List<ForeignTensor> tensors = [.. PretrainedFolder.ForeignTensors(model, Rules(config.DModel)), new ForeignTensor(LogitsBias, [1, config.VocabSize])];
        PretrainedFolder.Write(folder, tensors, dataType, long.MaxValue, Config(config), Generation(config));
    }

    /// <summary>Reads a folder that <see cref="Save"/> wrote, or another Marian whose output has no biases, as our Transformer.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelFileException">A file is missing or malformed, or the model has output biases, which ours cannot hold.</exception>
    /// <exception cref="ConfigException">The configuration is malformed, or of another model.</exception>
    public static TransformerModel Load(string folder)
    {
        using ICheckpoint checkpoint = CheckpointFile.Open(folder);
        string path = Path.Combine(folder, PretrainedModel.ConfigName);
        TransformerConfig config = Read(HuggingFaceConfig.Parse(path, ConfigFile.ReadText(path)));
        config.Validate();
        PretrainedFamily.GuardSize(config.FewestParameters, config.NumLayers, checkpoint);
        if (checkpoint.Find(LogitsBias) is not null && checkpoint.ReadFloat32(LogitsBias).Any(bias => bias != 0))
        {
            throw new ModelFileException(checkpoint.FilePath, $"\"{LogitsBias}\" is not zero; this model's output has biases, which Heed's own Transformer has no place for. Use the folder as it is");
        }

        var model = new TransformerModel(config, random: null);
        PretrainedReader.Fill(model, checkpoint, Rules(config.DModel));
        return model;
    }

    private static TensorRules Rules(int dModel)
    {
        int[] places = [.. Enumerable.Range(0, dModel).Select(axis => axis % 2 == 0 ? axis / 2 : ((dModel + 1) / 2) + (axis / 2))];
        var reads = new PermutedStream(places, Rows: false);
        var writes = new PermutedStream(places, Rows: true);
        var rules = new TensorRules
        {
            Canonical = name => name == LogitsBias || name.EndsWith(".embed_tokens.weight", StringComparison.Ordinal) || name.EndsWith(".embed_positions.weight", StringComparison.Ordinal) || name == "lm_head.weight" ? null : name,
            Otherwise = own => "model." + own,
        };
        rules.Add("model.shared.weight", "shared.weight", reads);
        foreach (string stack in new[] { "encoder", "decoder" })
        {
            foreach (string attention in new[] { "self_attn", "encoder_attn" })
            {
                string part = $"{stack}.layers.{{n}}.{attention}.";
                rules.Add($"model.{part}out_proj.{{p}}", part + "out_proj.{p}", writes);
                rules.Add($"model.{part}{{x}}.weight", part + "{x}.weight", reads);
                rules.Add($"model.{stack}.layers.{{n}}.{attention}_layer_norm.{{p}}", $"{stack}.layers.{{n}}.{attention}_layer_norm.{{p}}", writes);
            }

            rules.Add($"model.{stack}.layers.{{n}}.fc1.weight", stack + ".layers.{n}.fc1.weight", reads);
            rules.Add($"model.{stack}.layers.{{n}}.fc2.{{p}}", stack + ".layers.{n}.fc2.{p}", writes);
            rules.Add($"model.{stack}.layers.{{n}}.final_layer_norm.{{p}}", stack + ".layers.{n}.final_layer_norm.{p}", writes);
        }

        return rules;
    }

    private static string Config(TransformerConfig config) => new JsonObject
    {
        ["activation_dropout"] = config.ActivationDropout,
        ["activation_function"] = Activations.NameOf(config.Activation),
        ["architectures"] = new JsonArray("MarianMTModel"),
        ["attention_dropout"] = config.AttentionDropout,
        ["bos_token_id"] = config.BosId,
        ["d_model"] = config.DModel,
        ["decoder_attention_heads"] = config.NumHeads,
        ["decoder_ffn_dim"] = config.DFeedForward,
        ["decoder_layers"] = config.NumDecoderLayers,
        ["decoder_start_token_id"] = config.BosId,
        ["decoder_vocab_size"] = config.VocabSize,
        ["dropout"] = config.Dropout,
        ["encoder_attention_heads"] = config.NumHeads,
        ["encoder_ffn_dim"] = config.DFeedForward,
        ["encoder_layers"] = config.NumEncoderLayers,
        ["eos_token_id"] = config.EosId,
        ["is_encoder_decoder"] = true,
        ["max_position_embeddings"] = config.MaxLength,
        ["model_type"] = "marian",
        ["num_hidden_layers"] = config.NumEncoderLayers,
        ["pad_token_id"] = config.PadId,
        ["scale_embedding"] = config.ScaleEmbeddings,
        ["share_encoder_decoder_embeddings"] = true,
        ["vocab_size"] = config.VocabSize,
    }.ToJsonString(Indented) + "\n";

    private static string Generation(TransformerConfig config) => new JsonObject
    {
        ["bad_words_ids"] = new JsonArray(new JsonArray(config.PadId), new JsonArray(config.BosId)),
        ["bos_token_id"] = config.BosId,
        ["decoder_start_token_id"] = config.BosId,
        ["eos_token_id"] = config.EosId,
        ["max_length"] = config.MaxLength,
        ["pad_token_id"] = config.PadId,
    }.ToJsonString(Indented) + "\n";

    private static TransformerConfig Read(HuggingFaceConfig config)
    {
        config.Choose("model_type", otherwise: null, ("marian", true));
        config.Require("share_encoder_decoder_embeddings", true);
        int heads = config.Integer("encoder_attention_heads"), feedForward = config.Integer("encoder_ffn_dim");
        if (config.Integer("decoder_attention_heads") != heads || config.Integer("decoder_ffn_dim") != feedForward)
        {
            throw config.Error("decoder_attention_heads", "or \"decoder_ffn_dim\" differs from the encoder's; Heed's own Transformer has the same in both");
        }

        return new TransformerConfig
        {
            VocabSize = config.Integer("vocab_size"),
            DModel = config.Integer("d_model"),
            NumHeads = heads,
            DFeedForward = feedForward,
            NumEncoderLayers = config.Integer("encoder_layers"),
            NumDecoderLayers = config.Integer("decoder_layers"),
            Activation = config.ReadActivation("activation_function"),
            ScaleEmbeddings = config.Flag("scale_embedding", false),
            MaxLength = config.Integer("max_position_embeddings"),
            Dropout = (float)(config.NumberOrNull("dropout") ?? 0.1),
            AttentionDropout = (float)(config.NumberOrNull("attention_dropout") ?? 0),
            ActivationDropout = (float)(config.NumberOrNull("activation_dropout") ?? 0),
            PadId = config.Integer("pad_token_id"),
            BosId = config.Integer("decoder_start_token_id"),
            EosId = config.Integer("eos_token_id"),
        };
    }

    /// <summary>A weight whose rows or columns are the axes of the residual stream; a vector's elements are its rows.</summary>
    /// <param name="Places">The place of each of our axes in the foreign stream.</param>
    /// <param name="Rows">Whether rows are the stream: of what writes to it.</param>
    private sealed record PermutedStream(int[] Places, bool Rows) : TensorLayout
    {
        public override long[] ForeignShape(ReadOnlySpan<long> own) => own.ToArray();

        protected override long PlaceOf(long row, long column, long rows, long columns) =>
            Rows ? (Places[row] * columns) + column : (row * columns) + Places[column];
    }
}
