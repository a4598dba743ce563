namespace Heed.Cli.Terminal;

/// <summary>Notices before long work, not after it, that its result could not be written.</summary>
internal static class OutputPath
{
    /// <summary>Checks that a file can be made at a path: its folder is there, and it is not itself a folder.</summary>
    public static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{path} is a folder; give the name of a file in it");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"there is no folder {folder} to write {Path.GetFileName(path)} to; make it first");
        }
    }

    /// <summary>Makes a folder if it is missing, and checks that files can be made in it.</summary>
    public static void RequireFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new UsageException($"{path} is a file; give the name of a folder");
        }

        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, ".heed-probe");
            using (File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write to the folder {path}; choose another one, or mend its permissions", exception);
        }
    }
}
