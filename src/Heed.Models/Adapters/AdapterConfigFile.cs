using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Text.IO;

namespace Heed.Models.Adapters;

/// <summary><c>adapter_config.json</c> as Hugging Face's PEFT library writes and reads it.</summary>
internal static class AdapterConfigFile
{
    public const string Name = "adapter_config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static AdapterConfig Load(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new ModelFileException(folder, $"there is no {Name}; the folder of an adapter holds it and {AdapterFolder.WeightsName}");
        }

        var file = HuggingFaceConfig.Parse(path, ConfigFile.ReadText(path));
        file.Choose("peft_type", null, ("LORA", true));
        file.Choose("bias", "none", ("none", true));
        file.Require("use_dora", false);
        file.Require("lora_bias", false);
        foreach (string key in new[] { "modules_to_save", "layer_replication", "rank_pattern", "alpha_pattern", "trainable_token_indices", "alora_invocation_tokens", "target_parameters" })
        {
            file.RequireEmpty(key);
        }

        var config = new AdapterConfig
        {
            Rank = file.Integer("r"),
            Alpha = (float)file.Number("lora_alpha"),
            Dropout = (float)(file.NumberOrNull("lora_dropout") ?? 0),
            RankStabilized = file.Flag("use_rslora", false),
        };
        try
        {
            config.Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"{path}: {error.Message}", error);
        }

        return config;
    }

    public static void Save(string path, ModelAdapter adapter, string? baseModel)
    {
        AdapterConfig config = adapter.Config;
        var root = new JsonObject
        {
            ["alpha_pattern"] = new JsonObject(),
            ["auto_mapping"] = null,
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = "none",
            ["fan_in_fan_out"] = adapter.Layers.Any(layer => IsTransposed(layer.Layer, adapter.Rules)),
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = null,
            ["layers_to_transform"] = null,
            ["lora_alpha"] = config.Alpha,
            ["lora_dropout"] = config.Dropout,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = config.Rank,
            ["rank_pattern"] = new JsonObject(),
            ["revision"] = null,
            ["target_modules"] = new JsonArray([.. TargetModules(adapter).Select(name => JsonValue.Create(name))]),
            ["task_type"] = TaskType(adapter.Model),
            ["use_dora"] = false,
            ["use_rslora"] = config.RankStabilized,
        };
        AtomicFile.WriteAllText(path, root.ToJsonString(Indented) + "\n");
    }

    // PEFT adapts every module whose name ends so: the last parts, where they mean no other layer, and else the full names.
    private static string[] TargetModules(ModelAdapter adapter)
    {
        string[] adapted = [.. adapter.Layers.Select(layer => layer.Layer.Name)];
        string[] last = [.. adapted.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal)];
        IEnumerable<string> meant = AdaptableLayer.AllNames(adapter.Model, adapter.Rules).Where(name => last.Any(target => AdaptableLayer.EndsWith(name, target)));
        return meant.Count() == adapted.Length ? last : adapted;
    }

    private static bool IsTransposed(AdaptableLayer layer, TensorRules rules) => rules.Find(layer.Parts[0].Name + ".weight").Layout is TransposedPart;

    private static string? TaskType(Module model) => model switch
    {
        CausalLanguageModel => "CAUSAL_LM",
        Seq2SeqModel => "SEQ_2_SEQ_LM",
        EncoderModel { Classifier: not null } => "SEQ_CLS",
        EncoderModel { TokenHead: null } => "FEATURE_EXTRACTION",
        _ => null,
    };
}
