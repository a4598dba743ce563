using Heed.Models.Formats;
using Heed.Nn;

namespace Heed.Models.Folders;

/// <summary>The tensors of a safetensors file as the parameters of a module.</summary>
internal sealed class SafetensorsSource(SafetensorsFile file) : IParameterSource
{
    public string Description => "the file";

    public IEnumerable<string> Names => file.Entries.Select(entry => entry.Name);

    public IReadOnlyList<long> ShapeOf(string name) => file[name].Shape;

    /// <exception cref="ModelFileException">The tensor holds no floats, or one that is not finite.</exception>
    public void Read(string name, Span<float> destination)
    {
        file.ReadFloat32(name, destination);
        file.RequireFinite(name, destination);
    }
}
