using Heed.Models.Formats;
using Heed.Nn;
using Heed.Tensors;

namespace Heed.Training.Checkpoints;

/// <summary>Named tensors in a safetensors file.</summary>
internal static class TensorFile
{
    public static void Save(string path, IEnumerable<NamedParameter> tensors)
    {
        var writer = new SafetensorsWriter();
        foreach ((string name, Tensor tensor) in tensors)
        {
            long[] shape = [.. tensor.Shape.ToArray().Select(length => (long)length)];
            writer.Add(name, SafetensorsDataType.Float32, shape, stream => stream.Write(tensor.Values));
        }

        writer.Save(path);
    }

    public static Dictionary<string, Tensor> Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Entries.ToDictionary(entry => entry.Name, entry => Tensor.From(file.ReadFloat32(entry.Name), new Shape([.. entry.Shape.Select(length => checked((int)length))])), StringComparer.Ordinal);
    }
}
