using Xunit;

namespace Heed.Testing;

/// <summary>Finds the reference material that lies beside the repository on development machines and in CI.</summary>
public static class SharedFolder
{
    /// <summary>The path of a file below the shared folder; skips the test, visibly, where there is none.</summary>
    /// <param name="relative">For example <c>data/multi30k/train.de.gz</c>.</param>
    public static string PathOrSkip(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine(shared, "design.md")))
            {
                string path = Path.Combine(shared, relative);
                if (File.Exists(path) || Directory.Exists(path))
                {
                    return path;
                }
            }
        }

        Assert.Skip($"needs {relative} in a folder named shared beside the repository");
        return string.Empty;
    }
}
