using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Heed.Testing;

namespace Heed.Training.Tests;

/// <summary>The promise that nothing is lost: <c>heed train</c>, killed without warning again and again, ends with the same model.</summary>
public sealed partial class KilledRunTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Steps = 150;
    private const int ExitCodeOfKill = 128 + 9;

    [Theory]
    [MemberData(nameof(KilledRunConfigs.Tasks), MemberType = typeof(KilledRunConfigs))]
    public async Task A_run_killed_at_random_moments_and_resumed_ends_with_the_bytes_of_one_that_was_not(string task)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "kills with SIGKILL");
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        string config = KilledRunConfigs.Write(task, Steps, folder, random);

        string whole = folder.File("whole");
        await Train(["train", config, "--out", whole, "--set", "training.threads=1"]);

        string killed = folder.File("killed");
        string[] start = ["train", config, "--out", killed, "--set", "training.threads=2"];
        string[] resume = ["train", "--resume", "--out", killed];
        bool hit = false;
        for (int i = 0; i < Kills; i++)
        {
            hit |= await TrainAndKill(HasRun() ? resume : start, killed, random);
        }

        Assert.True(hit, $"seed {seed}: no process was killed before it had finished");
        await Train(HasRun() ? resume : start);

        AssertSame("model/model.safetensors", File.ReadAllBytes);
        AssertSame("samples.txt", File.ReadAllBytes);
        AssertSame("log.jsonl", Timeless);
        AssertSame("checkpoints", Names);

        bool HasRun() => File.Exists(Path.Combine(killed, "config.yaml"));

        void AssertSame<T>(string name, Func<string, T[]> read) =>
            Assert.True(read(Path.Combine(whole, name)).SequenceEqual(read(Path.Combine(killed, name))), $"seed {seed}: {name} differs");
    }

    // Lets a process write a random part of the log, then kills it at once or up to ten milliseconds later.
    private async Task<bool> TrainAndKill(string[] arguments, string run, Random random)
    {
        const int BytesPerLine = 200;
        string log = Path.Combine(run, "log.jsonl");
        long size = LengthOf(log) + (BytesPerLine * random.Next(Steps / Kills));
        TimeSpan later = TimeSpan.FromMilliseconds(10 * random.NextDouble());
        using Process process = Start(arguments);
        while (!process.HasExited && LengthOf(log) < size)
        {
            await Task.Delay(1);
        }

        await Task.Delay(later);
        process.Kill();
        await process.WaitForExitAsync();
        output.WriteLine($"killed with {LengthOf(log)} bytes of log; checkpoints: {string.Join(", ", Names(Path.Combine(run, "checkpoints")))}");
        return process.ExitCode == ExitCodeOfKill;
    }

    private static async Task Train(string[] arguments)
    {
        var errors = new StringBuilder();
        using Process process = Start(arguments, errors);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"heed {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}");
    }

    private static Process Start(string[] arguments, StringBuilder? errors = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "heed"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors?.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine(); // a full pipe would stop the process
        return process;
    }

    private static string[] Names(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    // What the log says about seconds depends on the clock.
    private static string[] Timeless(string log) => [.. File.ReadAllLines(log).Select(line => Clock().Replace(line, string.Empty))];

    [GeneratedRegex(",\"(seconds|tokensPerSecond)\":[^,}]*")]
    private static partial Regex Clock();
}
