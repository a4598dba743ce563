namespace Heed.Models.Folders;

/// <summary>Writes a folder whole or not at all: readers find the old one or the new one, never half of the new.</summary>
/// <remarks>
/// The files are written into <c>NAME.partial</c> beside the folder, which then takes the folder's name. .NET cannot exchange
/// two folders in one step, so an old one is renamed to <c>NAME.previous</c> first and deleted last: a crash in between
/// leaves both, complete.
/// </remarks>
internal static class FolderReplacement
{
    public const string PreviousSuffix = ".previous";
    private const string PartialSuffix = ".partial";

    /// <summary>Creates or replaces a folder.</summary>
    /// <param name="folder">The folder; its parents are made if missing.</param>
    /// <param name="isPart">Whether a file of a name may be in it. A folder with anything else in it is left alone.</param>
    /// <param name="write">Writes the files into the folder it is given.</param>
    /// <exception cref="IOException">The folder cannot be written, or holds something else; whatever was there is untouched.</exception>
    public static void Write(string folder, Predicate<string> isPart, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string partial = target + PartialSuffix;
        string previous = target + PreviousSuffix;
        foreach (string path in (string[])[target, partial, previous])
        {
            RefuseOtherContent(path, isPart);
        }

        DeleteIfPresent(partial);
        Directory.CreateDirectory(partial);
        try
        {
            write(partial);
            Exchange(target, partial, previous);
        }
        catch
        {
            DeleteIfPresent(partial);
            throw;
        }

        DeleteIfPresent(previous);
    }

    private static void Exchange(string target, string partial, string previous)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(partial, target);
            return;
        }

        DeleteIfPresent(previous);
        Directory.Move(target, previous);
        try
        {
            Directory.Move(partial, target);
        }
        catch
        {
            Directory.Move(previous, target);
            throw;
        }
    }

    private static void RefuseOtherContent(string path, Predicate<string> isPart)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is a file; a model is saved as a folder, choose another name");
        }

        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(path))
        {
            string name = Path.GetFileName(entry);
            string file = name.EndsWith(PartialSuffix, StringComparison.Ordinal) ? name[..^PartialSuffix.Length] : name; // a killed AtomicFile leaves one
            if (Directory.Exists(entry) || !isPart(file))
            {
                throw new IOException($"{path} holds {name}, which is no part of a model; saving there would delete it, choose another folder");
            }
        }
    }

    private static void DeleteIfPresent(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
