namespace Heed.Extensions.AI;

/// <summary>What a model is called by default: its folder's name, or its file's without the extension.</summary>
internal static class ModelName
{
    public static string Of(string path)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(whole) ? Path.GetFileName(whole) : Path.GetFileNameWithoutExtension(whole);
    }
}
