using System.Text.Json.Nodes;
using Heed.Models.Formats;
using Heed.Nn;
using Heed.Tensors;
using Heed.Text.IO;

namespace Heed.Models.Pretrained;

/// <summary>Writes a model under its family's foreign names: <c>config.json</c>, safetensors in one file or several, <c>generation_config.json</c>.</summary>
internal static class PretrainedFolder
{
    public static void Save(PretrainedModel model, string folder, SafetensorsDataType dataType, long maxShardBytes)
    {
        Write(folder, ForeignTensors(model.Model, model.Rules()), dataType, maxShardBytes, model.Config, model.Generation);
    }

    /// <summary>Writes a folder from its parts.</summary>
    public static void Write(string folder, IReadOnlyList<ForeignTensor> tensors, SafetensorsDataType dataType, long maxShardBytes, string config, string? generation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxShardBytes, 1);
        if (dataType is not (SafetensorsDataType.Float32 or SafetensorsDataType.Float16 or SafetensorsDataType.BFloat16))
        {
            throw new ArgumentException($"weights are stored as F32, F16 or BF16, not {dataType.Name()}", nameof(dataType));
        }

        Directory.CreateDirectory(folder);
        SaveWeights(folder, tensors, dataType, maxShardBytes);
        AtomicFile.WriteAllText(Path.Combine(folder, PretrainedModel.ConfigName), WithDataType(config, dataType));
        if (generation is not null)
        {
            AtomicFile.WriteAllText(Path.Combine(folder, PretrainedModel.GenerationName), generation);
        }
    }

    /// <summary>The foreign tensors of a model; each is put together only when it is read.</summary>
    public static IReadOnlyList<ForeignTensor> ForeignTensors(Module model, TensorRules rules)
    {
        var tensors = new Dictionary<string, ForeignTensor>(StringComparer.Ordinal);
        foreach ((string own, Tensor values) in model.NamedParameters())
        {
            (string name, TensorLayout? layout) = rules.Find(own);
            long[] shape = [.. values.Shape.ToArray()];
            if (!tensors.TryGetValue(name, out ForeignTensor? tensor))
            {
                tensors.Add(name, tensor = new ForeignTensor(name, layout?.ForeignShape(shape) ?? shape));
            }

            tensor.Add(values, layout);
        }

        return [.. tensors.Values];
    }

    private static void SaveWeights(string folder, IReadOnlyList<ForeignTensor> tensors, SafetensorsDataType dataType, long maxShardBytes)
    {
        List<List<ForeignTensor>> shards = Shards(tensors, dataType.ByteSize(), maxShardBytes);
        DeleteOldWeights(folder);
        var map = new JsonObject();
        for (int i = 0; i < shards.Count; i++)
        {
            string file = shards.Count == 1 ? CheckpointFile.WeightsName : FormattableString.Invariant($"model-{i + 1:00000}-of-{shards.Count:00000}.safetensors");
            var writer = new SafetensorsWriter();
            writer.Metadata["format"] = "pt"; // Hugging Face's loader asks for it
            foreach (ForeignTensor tensor in shards[i])
            {
                writer.Add(tensor.Name, dataType, tensor.Shape, stream => stream.Write(tensor.Read().Span));
                map[tensor.Name] = file;
            }

            writer.Save(Path.Combine(folder, file));
        }

        if (shards.Count > 1)
        {
            long total = tensors.Sum(tensor => tensor.Count) * dataType.ByteSize();
            var index = new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = total }, ["weight_map"] = map };
            AtomicFile.WriteAllText(Path.Combine(folder, CheckpointFile.WeightsName + ShardIndex.Suffix), HuggingFaceJsonText.Write(index));
        }
    }

    // A loader that finds both would read the old ones.
    private static void DeleteOldWeights(string folder)
    {
        File.Delete(Path.Combine(folder, CheckpointFile.WeightsName + ShardIndex.Suffix));
        foreach (string old in Directory.EnumerateFiles(folder, "model*.safetensors").ToArray())
        {
            File.Delete(old);
        }
    }

    private static List<List<ForeignTensor>> Shards(IReadOnlyList<ForeignTensor> tensors, int byteSize, long maxShardBytes)
    {
        var shards = new List<List<ForeignTensor>> { new() };
        long bytes = 0;
        foreach (ForeignTensor tensor in tensors)
        {
            long size = tensor.Count * byteSize;
            if (shards[^1].Count > 0 && bytes + size > maxShardBytes)
            {
                shards.Add([]);
                bytes = 0;
            }

            shards[^1].Add(tensor);
            bytes += size;
        }

        return shards;
    }

    private static string WithDataType(string config, SafetensorsDataType dataType)
    {
        JsonObject root = HuggingFaceJsonText.Parse(config);
        root["torch_dtype"] = dataType switch
        {
            SafetensorsDataType.Float16 => "float16",
            SafetensorsDataType.BFloat16 => "bfloat16",
            _ => "float32",
        };
        return HuggingFaceJsonText.Write(root);
    }
}
