using System.Globalization;

namespace Heed.Tensors.Threading;

/// <summary>How many cores this process may use, and how large their caches are.</summary>
internal static class ProcessorTopology
{
    /// <summary>
    /// The physical cores among the processors that this process is allowed, where the operating system says it (Linux); all
    /// processors elsewhere. Two threads of one core share its arithmetic units, and would only take turns.
    /// </summary>
    public static int PhysicalCores { get; } = CountPhysicalCores("/");

    /// <summary>The size of a core's second-level cache where the operating system says it (Linux); the least of today's processors elsewhere.</summary>
    public static int SecondLevelCacheBytes { get; } = ReadSecondLevelCacheBytes("/");

    /// <summary>Reads the size of the second-level cache from the files below a root folder, which tests replace.</summary>
    internal static int ReadSecondLevelCacheBytes(string root)
    {
        const int least = 256 << 10;
        try
        {
            string size = File.ReadAllText(Path.Combine(root, "sys/devices/system/cpu/cpu0/cache/index2/size")).Trim(); // "1024K"
            return size.EndsWith('K') && int.TryParse(size[..^1], CultureInfo.InvariantCulture, out int kilobytes) && kilobytes is > 0 and <= 1 << 20
                ? Math.Max(least, kilobytes << 10)
                : least;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return least;
        }
    }

    /// <summary>Counts the physical cores by the files below a root folder, which tests replace.</summary>
    internal static int CountPhysicalCores(string root)
    {
        try
        {
            string? allowed = File.ReadLines(Path.Combine(root, "proc/self/status"))
                .FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
            if (allowed is null)
            {
                return Environment.ProcessorCount;
            }

            var cores = new HashSet<string>();
            foreach (int processor in Numbers(allowed[(allowed.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            {
                cores.Add(File.ReadAllText(Path.Combine(root, $"sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list")).Trim());
            }

            return Math.Clamp(cores.Count, 1, Environment.ProcessorCount); // a container's quota may allow less
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return Environment.ProcessorCount;
        }
    }

    // "0-3,8,10-11"
    private static IEnumerable<int> Numbers(string list)
    {
        foreach (string range in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int number = int.Parse(ends[0], CultureInfo.InvariantCulture); number <= last; number++)
            {
                yield return number;
            }
        }
    }
}
