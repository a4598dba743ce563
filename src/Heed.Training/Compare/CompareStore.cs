using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Training.Compare;

/// <summary>Keeps what each finished piece of a comparison found, so that an interrupted one goes on where it stopped.</summary>
/// <param name="folder">The folder.</param>
internal sealed class CompareStore(string folder)
{
    /// <summary>What a piece found earlier with the same settings, or null.</summary>
    public UnitResult? Load(string name, string fingerprint)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            UnitResult? result = JsonSerializer.Deserialize(File.ReadAllText(path), CompareJson.Default.UnitResult);
            return result?.Fingerprint == fingerprint ? result : null;
        }
        catch (JsonException)
        {
            return null; // damaged: measured again
        }
    }

    /// <summary>Keeps a result; an earlier one of the same piece is replaced.</summary>
    public void Save(UnitResult result)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(PathOf(result.Name), JsonSerializer.Serialize(result, CompareJson.Default.UnitResult));
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".json");
}
