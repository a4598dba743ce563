using Heed.Cli.Terminal;
using Heed.Training;

namespace Heed.Cli.Commands;

/// <summary>
/// Holds the place of a run against other processes. A new run has to pass its checks to stay: one that <c>--force</c> replaces
/// stands aside as <c>NAME.previous</c> until then, and comes back when the new one fails.
/// </summary>
internal sealed class RunPlace : IDisposable
{
    private readonly string folder;
    private readonly string previous;
    private readonly bool isNew;
    private readonly bool replaces;
    private IDisposable? held;
    private bool kept;

    private RunPlace(RunDirectory directory)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory.Path));
        previous = folder + ".previous";
        replaces = directory.Exists;
        isNew = replaces || !Directory.Exists(folder);
    }

    /// <summary>Takes the place of a run that is to be continued.</summary>
    /// <param name="directory">The run.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="IOException">Another process works on it.</exception>
    public static RunPlace Continue(RunDirectory directory)
    {
        if (!directory.Exists)
        {
            throw new UsageException($"{directory.Path} holds no run to resume; start one with heed train CONFIG.yaml --out {directory.Path}");
        }

        return new RunPlace(directory) { held = directory.Lock(), kept = true };
    }

    /// <summary>Takes the place of a new run.</summary>
    /// <param name="directory">Where the run goes.</param>
    /// <param name="force">Whether a run that is there may be replaced.</param>
    /// <exception cref="UsageException">The place is taken, or cannot be written to.</exception>
    /// <exception cref="IOException">Another process works on a run there.</exception>
    public static RunPlace Take(RunDirectory directory, bool force)
    {
        if (directory.Exists && !force)
        {
            throw new UsageException($"{directory.Path} already holds a run; continue it with --resume, replace it with --force, or choose another folder with --out");
        }

        var place = new RunPlace(directory);
        place.SetPreviousAside(directory);
        try
        {
            OutputPath.RequireFolder(directory.Path);
            place.held = directory.Lock();
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
        // A folder that another process has taken is not ours to remove.
        if (!kept && isNew && held is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        held?.Dispose();
        if (!kept && replaces && !Directory.Exists(folder))
        {
            Directory.Move(previous, folder);
        }
    }

    private void SetPreviousAside(RunDirectory directory)
    {
        if (replaces)
        {
            RefuseOtherContent(folder);
            RefuseLeftover(previous);
            using (directory.Lock())
            {
                // Only to be sure that nobody works on the run.
            }

            Directory.Move(folder, previous);
        }
    }

    private static void RefuseOtherContent(string folder)
    {
        string? other = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).FirstOrDefault(name => !RunDirectory.IsPart(name));
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
