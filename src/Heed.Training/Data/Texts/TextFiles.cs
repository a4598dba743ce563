namespace Heed.Training.Data.Texts;

/// <summary>Finds the files that a configuration names: files, whole folders, and patterns such as <c>corpus/**/*.txt</c>.</summary>
internal static class TextFiles
{
    /// <summary>The files, in the order of the names given; those of a folder or pattern in the order of their paths.</summary>
    /// <param name="names">Paths; the last part may hold <c>*</c> and <c>?</c>, and <c>**</c> before it means all folders below.</param>
    /// <exception cref="FileNotFoundException">A name fits no file.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names)
    {
        var files = new List<string>();
        foreach (string name in names)
        {
            string[] found = [.. FindOne(name).Order(StringComparer.Ordinal)];
            files.AddRange(found.Length > 0 ? found : throw new FileNotFoundException($"{name}: no such file, and no folder or pattern that holds any"));
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> FindOne(string name)
    {
        if (File.Exists(name))
        {
            return [name];
        }

        if (Directory.Exists(name))
        {
            return Directory.EnumerateFiles(name);
        }

        string folder = Path.GetDirectoryName(name) ?? string.Empty;
        bool below = Path.GetFileName(folder) == "**";
        folder = below ? Path.GetDirectoryName(folder) ?? string.Empty : folder;
        folder = folder.Length == 0 ? "." : folder;
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(name), below ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            : [];
    }
}
