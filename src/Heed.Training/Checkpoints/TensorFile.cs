using Heed.Models.Formats;
using Heed.Nn;
using Heed.Tensors;

namespace Heed.Training.Checkpoints;

/// <summary>Named tensors in a safetensors file.</summary>
internal sealed class TensorFile(SafetensorsFile file) : IParameterSource
{
    public string Description => file.FilePath;

    public IEnumerable<string> Names => file.Entries.Select(entry => entry.Name);

    public IReadOnlyList<long> ShapeOf(string name) => file[name].Shape;

    public void Read(string name, Span<float> destination) => file.ReadFloat32(name, destination);

    public static void Save(string path, IEnumerable<NamedParameter> tensors)
    {
        var writer = new SafetensorsWriter();
        foreach (NamedParameter tensor in tensors)
        {
            writer.Add(tensor);
        }

        writer.Save(path);
    }

    public static Dictionary<string, Tensor> Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Entries.ToDictionary(entry => entry.Name, entry => Tensor.From(file.ReadFloat32(entry.Name), new Shape([.. entry.Shape.Select(length => checked((int)length))])), StringComparer.Ordinal);
    }
}
