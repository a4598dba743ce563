using Heed.Cli.Terminal;
using Heed.Training;

namespace Heed.Cli.Commands;

/// <summary>
/// Holds the place of a new run until it has passed its checks: a run that <c>--force</c> replaces stands aside as
/// <c>NAME.previous</c> and comes back when the new one fails.
/// </summary>
internal sealed class RunPlace : IDisposable
{
    private static readonly string[] Pieces = ["config.yaml", "log.jsonl", "samples.txt", "checkpoints", "tokenizer", "model"];

    private readonly string folder;
    private readonly string previous;
    private readonly bool isNew;
    private readonly bool replaces;
    private bool kept;

    private RunPlace(RunDirectory directory)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory.Path));
        previous = folder + ".previous";
        replaces = directory.Exists;
        if (replaces)
        {
            RefuseOtherContent(folder);
            RefuseLeftover(previous);
            Directory.Move(folder, previous);
        }

        isNew = !Directory.Exists(folder);
    }

    /// <summary>Takes the place of a run.</summary>
    /// <param name="directory">Where the run goes.</param>
    /// <param name="force">Whether a run that is there may be replaced.</param>
    /// <exception cref="UsageException">The place is taken, or cannot be written to.</exception>
    public static RunPlace Take(RunDirectory directory, bool force)
    {
        if (directory.Exists && !force)
        {
            throw new UsageException($"{directory.Path} already holds a run; continue it with --resume, replace it with --force, or choose another folder with --out");
        }

        var place = new RunPlace(directory);
        try
        {
            OutputPath.RequireFolder(directory.Path);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>The new run stays, and the old one is deleted.</summary>
    public void Keep()
    {
        kept = true;
        if (replaces)
        {
            Directory.Delete(previous, recursive: true);
        }
    }

    public void Dispose()
    {
        if (kept)
        {
            return;
        }

        if (isNew && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (replaces)
        {
            Directory.Move(previous, folder);
        }
    }

    private static void RefuseOtherContent(string folder)
    {
        string? other = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).FirstOrDefault(name => !Pieces.Contains(name));
        if (other is not null)
        {
            throw new UsageException($"{folder} holds {other}, which is no part of a run; --force would delete it, so move it away or choose another folder with --out");
        }
    }

    private static void RefuseLeftover(string previous)
    {
        if (Directory.Exists(previous))
        {
            throw new UsageException($"{previous} holds a run that an interrupted --force was replacing; rename or delete it first");
        }
    }
}
