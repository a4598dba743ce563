using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors;

namespace Heed.Models.Adapters;

/// <summary>Adapters as a folder in the layout of Hugging Face's PEFT library: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
/// <remarks>A layer's matrices are called <c>base_model.model.LAYER.lora_A.weight</c> [rank, inputs] and <c>...lora_B.weight</c> [outputs, rank].</remarks>
internal static class AdapterFolder
{
    public const string WeightsName = "adapter_model.safetensors";

    private const string Prefix = "base_model.model.";
    private const string DownSuffix = ".lora_A.weight";
    private const string UpSuffix = ".lora_B.weight";

    public static void Save(ModelAdapter adapter, string folder, string? baseModel)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt"; // Hugging Face's loader asks for it
        foreach (AdaptedLayer layer in adapter.Layers)
        {
            string name = Prefix + layer.Layer.Name;
            writer.Add(name + DownSuffix, [layer.Down.Shape[0], layer.Down.Shape[1]], layer.Down.ToArray());
            writer.Add(name + UpSuffix, [layer.Layer.Outputs, layer.Down.Shape[0]], layer.Up());
        }

        writer.Save(Path.Combine(folder, WeightsName));
        AdapterConfigFile.Save(Path.Combine(folder, AdapterConfigFile.Name), adapter, baseModel);
    }

    public static ModelAdapter Load(string folder, Module model, TensorRules rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(model);
        string path = Path.Combine(folder, WeightsName);
        AdapterConfig config = AdapterConfigFile.Load(folder);
        if (!File.Exists(path))
        {
            throw new ModelFileException(folder, $"there is no {WeightsName}; adapters in PyTorch's own file (adapter_model.bin) are programs and are not read, save them with safe_serialization");
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        IReadOnlyList<(AdaptableLayer Layer, string Name)> found = Find(file, model, rules);
        foreach ((AdaptableLayer layer, string name) in found)
        {
            RequireShape(file, name + DownSuffix, config.Rank, layer.Inputs);
            RequireShape(file, name + UpSuffix, layer.Outputs, config.Rank);
        }

        ModelAdapter adapter = ModelAdapter.Of(model, config, rules, found.Select(layer => (layer.Layer, (IReadOnlyList<int>)[.. Enumerable.Range(0, layer.Layer.Parts.Count)])), random: null);
        foreach ((AdaptedLayer adapted, (AdaptableLayer _, string name)) in adapter.Layers.Zip(found))
        {
            Read(file, name + DownSuffix).CopyTo(adapted.Down.MutableValues());
            adapted.SetUp(Read(file, name + UpSuffix));
        }

        return adapter;
    }

    // Layers in the model's order; their names as the file has them.
    private static IReadOnlyList<(AdaptableLayer Layer, string Name)> Find(SafetensorsFile file, Module model, TensorRules rules)
    {
        IReadOnlyList<AdaptableLayer> layers = AdaptableLayer.Of(model, rules);
        var known = layers.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in file.Entries)
        {
            string name = LayerName(file, entry);
            string layer = rules.Canonical(name[Prefix.Length..] + ".weight") is { } canonical ? canonical[..^".weight".Length] : name[Prefix.Length..];
            if (!known.Contains(layer))
            {
                string are = layers.Count == 0 ? "it has none" : $"they are {layers[0].Name} to {layers[^1].Name}";
                throw new ModelFileException(file.FilePath, $"the adapter is for another model: it changes {Display.Quote(name[Prefix.Length..])}, and no linear layer of this {model.GetType().Name}'s stacks is called so ({are})");
            }

            if (names.TryGetValue(layer, out string? other) && other != name)
            {
                throw new ModelFileException(file.FilePath, $"{Display.Quote(other)} and {Display.Quote(name)} are the same layer");
            }

            names[layer] = name;
        }

        return names.Count > 0
            ? [.. layers.Where(layer => names.ContainsKey(layer.Name)).Select(layer => (layer, names[layer.Name]))]
            : throw new ModelFileException(file.FilePath, "the file holds no tensors");
    }

    private static string LayerName(SafetensorsFile file, SafetensorsEntry entry)
    {
        string? suffix = entry.Name.EndsWith(DownSuffix, StringComparison.Ordinal) ? DownSuffix : entry.Name.EndsWith(UpSuffix, StringComparison.Ordinal) ? UpSuffix : null;
        return suffix is not null && entry.Name.StartsWith(Prefix, StringComparison.Ordinal) && entry.Name.Length > Prefix.Length + suffix.Length
            ? entry.Name[..^suffix.Length]
            : throw new ModelFileException(file.FilePath, $"tensor {Display.Quote(entry.Name)} is no matrix of a low-rank adapter on a linear layer; expected names like {Prefix}LAYER{DownSuffix} and {Prefix}LAYER{UpSuffix}");
    }

    private static void RequireShape(SafetensorsFile file, string name, int rows, int columns)
    {
        if (!file.Contains(name))
        {
            throw new ModelFileException(file.FilePath, $"tensor {Display.Quote(name)} [{rows}, {columns}] is missing");
        }

        if (!file[name].Shape.AsSpan().SequenceEqual([(long)rows, columns]))
        {
            throw new ModelFileException(file.FilePath, $"tensor {Display.Quote(name)} is {file[name]} and must be [{rows}, {columns}]: the adapter is for another model, or of another rank than {AdapterConfigFile.Name} says");
        }
    }

    private static float[] Read(SafetensorsFile file, string name)
    {
        float[] values = file.ReadFloat32(name);
        file.RequireFinite(name, values);
        return values;
    }
}
