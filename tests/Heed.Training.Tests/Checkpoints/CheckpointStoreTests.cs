using System.Diagnostics;
using Heed.Models.Formats;
using Heed.Testing;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallRun run = new(new TrainingSection { MaxSteps = 2, BatchTokens = 100 }, SmallRun.Corpus(20, seed: 1));

    public CheckpointStoreTests()
    {
        run.Trainer.Run(); // so that the optimiser has something to remember
    }

    private CheckpointStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    private void Save(int step, params int[] best) => Save(Store, step, best);

    private void Save(CheckpointStore store, int step, params int[] best) =>
        store.Save(run.Model, run.Optimizer, run.Trainer.State with { Step = step, Best = [.. best.Select(each => new RankedCheckpoint(each, 1))] });

    private TrainingState? Load()
    {
        SmallRun other = Other();
        TrainingState? state = Store.LoadLatest(other.Model, other.Optimizer);
        Assert.True(state is null || other.Bits() == run.Bits(), "what was loaded is not what was saved");
        return state;
    }

    private static SmallRun Other(int dModel = 16) => new(new TrainingSection { Seed = 99 }, SmallRun.Corpus(1, seed: 1), dModel: dModel);

    private string PathOf(int step, string name = "") => folder.File(Path.Combine($"step-{step:D8}", name));

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var state = new TrainingState
        {
            Step = 12,
            Position = new DataPosition(3, 4),
            Tokens = 5_000_000_000,
            Seconds = 1.0 / 3,
            ValidationsWithoutImprovement = 2,
            Best = [new RankedCheckpoint(10, 0.1), new RankedCheckpoint(12, 1.0 / 7)],
            ValidatedStep = 12,
            Window = new LossWindow(2, 2.0 / 3, 77, 1.5, new StepResult(12, 3, 1.1, 2.2, 3.3, 44)),
            Trend = new LossTrend(0.9, 11, true),
            DataFingerprint = ulong.MaxValue,
        };
        Store.Save(run.Model, run.Optimizer, state);
        TrainingState loaded = Load()!;

        Assert.Equal(state.Best, loaded.Best);
        Assert.Equal(state, loaded with { Best = state.Best });
    }

    [Fact]
    public void Without_checkpoints_there_is_nothing_to_resume_from()
    {
        Assert.Null(Load());
        Assert.Empty(Store.Steps());
    }

    [Fact]
    public void The_latest_and_the_best_are_kept()
    {
        Save(100, 100);
        Save(200, 200, 100);
        Save(300, 100, 200);
        Save(1000, 100, 300);
        Assert.Equal([100, 300, 1000], Store.Steps());
        Save(1100, 100);
        Assert.Equal([100, 1100], Store.Steps());
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
        Assert.Equal(1100, Load()!.Step);
    }

    [Fact]
    public void What_a_killed_run_left_half_done_is_ignored_and_then_removed()
    {
        Save(5, 5);
        foreach (string leftover in new[] { "step-00000009.partial", "step-00000003.deleted.partial" })
        {
            Directory.CreateDirectory(folder.File(leftover));
            folder.File(Path.Combine(leftover, "model.safetensors"), "half");
        }

        Directory.CreateDirectory(folder.File("step-notes"));
        Assert.Equal([5], Store.Steps());
        Assert.Equal(5, Load()!.Step);

        Save(6, 5);
        Assert.Equal(["step-00000005", "step-00000006", "step-notes"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_checkpoint_of_a_step_that_is_there_already_replaces_it()
    {
        Save(5);
        Save(5, 4);
        Assert.Equal([new RankedCheckpoint(4, 1)], Load()!.Best);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    public static TheoryData<string, string?, string> Damages => new()
    {
        { "state.json", "{ \"step\": 20, ", "" },
        { "state.json", "", "" },
        { "state.json", "null", "it is not the state of step 20" },
        { "state.json", "{ \"step\": 10 }", "it is not the state of step 20" },
        { "state.json", null, "Could not find file" },
        { "model.safetensors", "cut", "" },
        { "model.safetensors", null, "Could not find file" },
        { "optimizer.safetensors", "cut", "" },
        { "optimizer.safetensors", null, "Could not find file" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_checkpoint_is_named_with_the_mend(string name, string? content, string problem)
    {
        Save(10, 10);
        Save(20, 10);
        File.Delete(PathOf(20, name));
        if (content is not null)
        {
            File.WriteAllText(PathOf(20, name), content);
        }

        var error = Assert.Throws<ModelFileException>(() => Load());
        Assert.StartsWith($"{PathOf(20, name)}: {problem}", error.Message);
        Assert.EndsWith($"; this checkpoint cannot be used: delete {PathOf(20)} to resume from step 10", error.Message);

        Directory.Delete(PathOf(20), recursive: true); // the mend works
        Assert.Equal(10, Load()!.Step);
    }

    [Fact]
    public void Every_cut_of_a_file_of_weights_is_noticed()
    {
        Save(10);
        byte[] whole = File.ReadAllBytes(PathOf(10, "model.safetensors"));
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        for (int i = 0; i < 20; i++)
        {
            int length = random.Next(whole.Length);
            File.WriteAllBytes(PathOf(10, "model.safetensors"), whole[..length]);
            var error = Record.Exception(() => Load());
            Assert.True(error is ModelFileException, $"seed {seed}, cut to {length} of {whole.Length} bytes: {error}");
            Assert.EndsWith("to start from the beginning", error.Message);
        }
    }

    [Fact]
    public void The_checkpoint_of_another_model_is_refused()
    {
        Save(10);
        SmallRun other = Other(dModel: 32);
        var error = Assert.Throws<ModelFileException>(() => Store.LoadLatest(other.Model, other.Optimizer));
        Assert.Contains("does not fit TransformerModel", error.Message);
    }

    [Fact]
    public void When_saving_fails_the_earlier_checkpoints_are_untouched_and_the_message_says_so()
    {
        Save(10, 10);
        folder.File("step-00000020.partial", "a file where the folder should go");
        var error = Assert.Throws<IOException>(() => Save(20, 20));

        Assert.StartsWith($"the checkpoint of step 20 could not be saved in {folder.Path}: ", error.Message);
        Assert.EndsWith("; the checkpoint of step 10 is untouched; mend the cause, for example make room, and continue with --resume", error.Message);
        Assert.Equal(10, Load()!.Step);
    }

    [Fact]
    public void A_full_disk_leaves_the_earlier_checkpoints_usable()
    {
        string disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        Assert.SkipUnless(Succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk), "mounting a small disk needs Linux and root");
        try
        {
            var store = new CheckpointStore(disk);
            Save(store, 10, 10);
            long checkpoint = Directory.EnumerateFiles(disk, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            string filler = Path.Combine(disk, "filler");
            File.WriteAllBytes(filler, new byte[(1 << 20) - checkpoint - (checkpoint / 2)]); // room for half a checkpoint

            var error = Assert.Throws<IOException>(() => Save(store, 20, 20));
            Assert.Contains("the checkpoint of step 10 is untouched", error.Message);
            Assert.Equal([10], store.Steps());
            Assert.Equal(10, store.LoadLatest(run.Model, run.Optimizer)!.Step);
            Assert.Equal(["filler", "step-00000010"], Directory.GetFileSystemEntries(disk).Select(Path.GetFileName).Order());

            File.Delete(filler);
            Save(store, 20, 20);
            Assert.Equal([20], store.Steps());
        }
        finally
        {
            Assert.True(Succeeds("umount", disk));
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
