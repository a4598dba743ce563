using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;

namespace Heed.Models.Classification;

/// <summary>What <c>config.json</c> says about a classifier: the names of its classes, and which state they are scored from.</summary>
internal static class ClassLabels
{
    // A key of ours, beside Hugging Face's: their classes know one pooling each.
    private const string PoolingKey = "heed_pooling";

    private static readonly (string Name, Pooling Value)[] Poolings = [("mean", Pooling.Mean), ("first", Pooling.First), ("last", Pooling.Last)];

    /// <summary>The number of classes.</summary>
    public static int Count(HuggingFaceConfig config) => config.CountOrNull("id2label") ?? config.IntegerOrNull("num_labels") ?? 2;

    /// <summary>The names of the classes, in their order; <c>LABEL_0</c> and so on where the file names none, as Hugging Face's library calls them.</summary>
    /// <exception cref="ConfigException">A class has no name, or two have the same.</exception>
    public static ImmutableArray<string> Read(HuggingFaceConfig config)
    {
        HuggingFaceConfig? names = config.Section("id2label");
        ImmutableArray<string> labels = [.. Enumerable.Range(0, Count(config)).Select(i => i.ToString(CultureInfo.InvariantCulture)).Select(id => names is null ? "LABEL_" + id : names.RequiredText(id))];
        return labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw config.Error("id2label", $"names {twice.Count()} classes {Display.Quote(twice.Key)}")
            : labels;
    }

    /// <summary>Whether a file describes a model with a head for classes.</summary>
    public static bool IsClassifier(HuggingFaceConfig config) =>
        config.Texts("architectures").FirstOrDefault()?.EndsWith("ForSequenceClassification", StringComparison.Ordinal) == true;

    /// <summary>Which state the classes are scored from.</summary>
    public static Pooling ReadPooling(HuggingFaceConfig config, Pooling otherwise) =>
        config.Has(PoolingKey) ? config.Choose(PoolingKey, otherwise: null, Poolings) : otherwise;

    /// <summary>Turns the configuration of a model into that of a classifier over its body.</summary>
    public static string Write(string config, string architecture, IReadOnlyList<string> labels, Pooling pooling, Pooling usual)
    {
        JsonObject root = HuggingFaceJsonText.Parse(config);
        root["architectures"] = new JsonArray(architecture);
        root["id2label"] = new JsonObject(labels.Select((label, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), (JsonNode?)label)));
        root["label2id"] = new JsonObject(labels.Select((label, i) => KeyValuePair.Create(label, (JsonNode?)i)));
        root["problem_type"] = "single_label_classification";
        if (root["pad_token_id"] is null && root["eos_token_id"] is JsonValue end)
        {
            root["pad_token_id"] = end.DeepClone(); // Hugging Face's decoders look for the last token that is no padding
        }

        root.Remove("num_labels");
        root.Remove(PoolingKey);
        if (pooling != usual)
        {
            root[PoolingKey] = Poolings.First(known => known.Value == pooling).Name;
        }

        return HuggingFaceJsonText.Write(root);
    }
}
