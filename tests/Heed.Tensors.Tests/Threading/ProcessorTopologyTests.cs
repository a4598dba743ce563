using Heed.Tensors.Threading;

namespace Heed.Tensors.Tests.Threading;

/// <summary>Counting cores by the files of a made-up machine.</summary>
public sealed class ProcessorTopologyTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("heed-topology").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Threads_of_one_core_count_once()
    {
        Machine("0-1", "0-1", "0-1");
        Assert.Equal(1, ProcessorTopology.CountPhysicalCores(root));
    }

    [Fact]
    public void Only_processors_that_the_process_may_use_count()
    {
        Machine("1,3", "0,2", "1,3", "0,2", "1,3");
        Assert.Equal(1, ProcessorTopology.CountPhysicalCores(root));
    }

    [Fact]
    public void Never_more_than_the_runtime_counts()
    {
        Machine("0-499", [.. Enumerable.Range(0, 500).Select(n => $"{n}")]);
        Assert.Equal(Environment.ProcessorCount, ProcessorTopology.CountPhysicalCores(root));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("0-x")]
    [InlineData("0-7")]
    public void Whatever_the_files_say_there_is_an_answer(string allowed)
    {
        Machine(allowed, "0");
        Assert.InRange(ProcessorTopology.CountPhysicalCores(root), 1, Environment.ProcessorCount);
        Assert.Equal(Environment.ProcessorCount, ProcessorTopology.CountPhysicalCores(Path.Combine(root, "missing")));
    }

    [Theory]
    [InlineData("2048K\n", 2048 << 10)]
    [InlineData("64K\n", 256 << 10)]
    [InlineData("much", 256 << 10)]
    [InlineData("99999999999K", 256 << 10)]
    [InlineData("-5K", 256 << 10)]
    public void The_second_level_cache_is_what_the_file_says_or_the_least_of_today(string size, int bytes)
    {
        Assert.Equal(256 << 10, ProcessorTopology.ReadSecondLevelCacheBytes(root));
        string folder = Path.Combine(root, "sys/devices/system/cpu/cpu0/cache/index2");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "size"), size);
        Assert.Equal(bytes, ProcessorTopology.ReadSecondLevelCacheBytes(root));
    }

    [Fact]
    public void This_machine_has_at_least_one() => Assert.InRange(ProcessorTopology.PhysicalCores, 1, Environment.ProcessorCount);

    private void Machine(string allowed, params string[] siblings)
    {
        Directory.CreateDirectory(Path.Combine(root, "proc/self"));
        File.WriteAllText(Path.Combine(root, "proc/self/status"), $"Name:\theed\nCpus_allowed_list:\t{allowed}\n");
        for (int processor = 0; processor < siblings.Length; processor++)
        {
            string folder = Path.Combine(root, $"sys/devices/system/cpu/cpu{processor}/topology");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "thread_siblings_list"), siblings[processor] + "\n");
        }
    }
}
