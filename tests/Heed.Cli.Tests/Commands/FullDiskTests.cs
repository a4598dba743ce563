namespace Heed.Cli.Tests.Commands;

/// <summary>A disk that becomes full while a run saves: an error, and the last checkpoint stays whole.</summary>
[Collection(nameof(CommandLine))]
public sealed class FullDiskTests(TrainedModel trained) : IDisposable
{
    private readonly DirectoryInfo disk = Directory.CreateTempSubdirectory("heed-disk-");
    private bool mounted;

    public void Dispose()
    {
        if (mounted)
        {
            Shell($"umount {disk.FullName}").GetAwaiter().GetResult();
        }

        disk.Delete(recursive: true);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_the_last_checkpoint_can_be_resumed()
    {
        mounted = OperatingSystem.IsLinux() && (await Shell($"mount -t tmpfs -o size=1m tmpfs {disk.FullName}")).ExitCode == 0;
        Assert.SkipUnless(mounted, "fills a disk of one megabyte, which only root on Linux may mount");
        string run = Path.Combine(disk.FullName, "run");

        // A checkpoint has about 370 kB and the newest is kept beside the next: there is room for one, and not for a second.
        CommandResult result = CommandLine.Run("train", trained.Config, "--out", run, "--set", "training.validateEvery=5", "--set", "training.keepBest=3");
        result.FailsWith(1, "No space left on device");
        Assert.True(Directory.Exists(Path.Combine(run, "checkpoints", "step-00000005")));

        string room = Directory.CreateTempSubdirectory("heed-room-").FullName;
        try
        {
            (await Shell($"cp -r {run} {room}")).Succeeds();
            CommandLine.Run("train", "--resume", "--out", Path.Combine(room, "run"), "--set", "training.maxSteps=12").Succeeds();
        }
        finally
        {
            Directory.Delete(room, recursive: true);
        }
    }

    private static Task<CommandResult> Shell(string line) => HeedProcess.Shell(line);
}
