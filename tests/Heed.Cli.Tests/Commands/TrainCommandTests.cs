using System.Diagnostics;
using System.Globalization;
using Heed.Testing;
using Heed.Training;

namespace Heed.Cli.Tests.Commands;

[Collection(nameof(CommandLine))]
public sealed class TrainCommandTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_folder_holds_what_the_run_was()
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(trained.Run).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["checkpoints", "config.yaml", "log.jsonl", "model", "tokenizer"], names);
        Assert.Contains("finished at step 60", trained.Training.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_changes_the_configuration_as_it_is_used_and_kept()
    {
        Assert.Contains("seed 7", trained.Training.Error, StringComparison.Ordinal);
        Assert.Contains("seed: 7", File.ReadAllText(Path.Combine(trained.Run, "config.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_of_a_finished_run_says_so_and_changes_no_weight()
    {
        string weights = Path.Combine(trained.Model, "model.safetensors");
        byte[] before = File.ReadAllBytes(weights);
        CommandResult result = CommandLine.Run("train", "--resume", "--out", trained.Run).Succeeds();
        Assert.Contains("is finished at step 60", result.Error, StringComparison.Ordinal);
        Assert.Contains("--set training.maxSteps=120", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(weights));
    }

    [Fact]
    public void Force_replaces_a_run()
    {
        string run = folder.File("run");
        CommandLine.Run("train", trained.Config, "--out", run, "--set", "training.maxSteps=2").Succeeds();
        CommandLine.Run("train", trained.Config, "--out", run, "--force", "--set", "training.maxSteps=3").Succeeds();
        Assert.Equal(["step-00000003"], Directory.EnumerateDirectories(Path.Combine(run, "checkpoints")).Select(path => Path.GetFileName(path)!));
        Assert.Equal([run], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_run_that_divided_its_texts_is_replaced_with_all_its_parts_and_what_a_kill_left_of_them()
    {
        string texts = folder.File("texts.tsv", string.Concat(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? $"good\tyes {i}\n" : $"bad\tno {i}\n"))), run = folder.File("run");
        string config = folder.File("classify.yaml", $$"""
            task: classification
            data: { texts: { tsv: {{texts}} }, split: {}, maxTokens: 16 }
            tokenizer: { kind: characters }
            model: { numLayers: 1, numHeads: 1, dModel: 4 }
            training: { maxSteps: 1, warmupSteps: 0, batchTokens: 64 }
            """);
        CommandLine.Run("train", config, "--out", run).Succeeds();
        Assert.True(Directory.Exists(Path.Combine(run, "split")));
        Directory.CreateDirectory(Path.Combine(run, "model.partial"));
        CommandLine.Run("train", config, "--out", run, "--force").Succeeds();
        Assert.All(Directory.GetFileSystemEntries(run), part => Assert.True(RunDirectory.IsPart(Path.GetFileName(part)), part));
        Assert.False(Directory.Exists(Path.Combine(run, "model.partial")));
        File.WriteAllText(Path.Combine(run, "thesis.txt"), "mine");
        CommandLine.Run("train", config, "--out", run, "--force").FailsWith(2, "holds thesis.txt, which is no part of a run");
    }

    [Fact]
    public async Task A_configuration_may_come_through_a_pipe()
    {
        Assert.SkipUnless(File.Exists("/dev/stdin"), "names standard input by its path /dev/stdin, which this system does not have");
        string run = folder.File("run");
        (await HeedProcess.Shell($"cat {trained.Config} | \"$HEED\" train /dev/stdin --out {run} --set training.maxSteps=1")).Succeeds();
        Assert.True(File.Exists(Path.Combine(run, "model", "config.json")));
    }

    [Fact]
    public async Task Ctrl_C_leaves_a_checkpoint_and_exit_code_1_and_the_run_can_go_on()
    {
        string run = folder.File("run");
        using Process process = HeedProcess.StartInterruptible(["train", trained.Config, "--out", run, "--set", "training.maxSteps=1000000", "--set", "training.logEvery=1"]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string log = Path.Combine(run, "log.jsonl");
        while (!process.HasExited && !(File.Exists(log) && new FileInfo(log).Length > 0))
        {
            await Task.Delay(10);
        }

        HeedProcess.Interrupt(process);
        await HeedProcess.WaitForEnd(process);
        Assert.True(process.ExitCode == 1, await error);
        Assert.Contains($"continue with: heed train --resume --out {run}", await error, StringComparison.Ordinal);
        int step = int.Parse(Assert.Single(Directory.EnumerateDirectories(Path.Combine(run, "checkpoints"))).Split('-')[^1], CultureInfo.InvariantCulture);
        CommandLine.Run("train", "--resume", "--out", run, "--set", $"training.maxSteps={step + 1}").Succeeds();
    }
}
