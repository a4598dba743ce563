using System.Text;
using Heed.Testing;
using Heed.Training;

namespace Heed.Cli.Tests.Commands;

/// <summary>What <c>heed train</c> says to wrong input: one sentence, and the run that was there stays as it was.</summary>
[Collection(nameof(CommandLine))]
public sealed class BadTrainingInputTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_configuration() => Train("nowhere.yaml").FailsWith(2, "there is no file", "nowhere.yaml");

    [Fact]
    public void A_missing_training_file() => TrainOn(folder.File("nowhere"), trained.Target).FailsWith(2, "there is no file", "nowhere");

    [Fact]
    public void Unequal_line_counts() =>
        TrainOn(folder.File("short", "rot\nblau\n"), trained.Target).FailsWith(2, "short has 2 lines", "target has 200");

    [Fact]
    public void An_empty_corpus() => TrainOn(folder.File("a", ""), folder.File("b", "")).FailsWith(2, "there are no lines");

    [Fact]
    public void A_corpus_of_empty_lines_only() =>
        TrainOn(folder.File("a", "\n\n\n"), folder.File("b", "\n\n\n")).FailsWith(2, "no sentence pair is left to train on", "empty side");

    [Fact]
    public void Bytes_that_are_not_UTF8() =>
        TrainOn(folder.File("bad", Encoding.Latin1.GetBytes("rot\nschläft \n")), folder.File("b", "red\nsleeps\n")).FailsWith(2, "line 2 of", "bad", "0xE4", "iconv");

    [Fact]
    public void Bytes_that_are_not_UTF8_in_gzip() =>
        TrainOn(folder.File("bad.gz", TemporaryFolder.Gzip([0x61, 0xC3, 0x0A])), folder.File("b", "red\n")).FailsWith(2, "line 1 of", "bad.gz", "0xC3");

    [Fact]
    public void A_truncated_gzip()
    {
        byte[] whole = TemporaryFolder.Gzip(File.ReadAllBytes(trained.Source));
        TrainOn(folder.File("cut.gz", whole[..(whole.Length / 2)]), trained.Target).FailsWith(2, "cut.gz cannot be unpacked", "copy or pack the file again");
    }

    [Fact]
    public void A_line_of_ten_thousand_words_is_left_out_and_counted()
    {
        string source = folder.File("a", File.ReadAllText(trained.Source) + Repeat("rot") + "\n");
        string target = folder.File("b", File.ReadAllText(trained.Target) + Repeat("red") + "\n");
        CommandResult result = TrainOn(source, target, "--set", "training.maxSteps=1").Succeeds();
        Assert.Contains("kept 200 of 201 pairs", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.dModl=32", "unknown key \"model.dModl\"", "did you mean \"dModel\"?")]
    [InlineData("trainig.maxSteps=3", "unknown key \"trainig\"", "did you mean \"training\"?")]
    [InlineData("model.numHeads=3", "dModel 32 is not divisible by numHeads 3", "10.7")]
    [InlineData("model.numHeads=many", "model.numHeads", "whole number", "many")]
    [InlineData("training.learningRate=fast", "training.learningRate", "number", "fast")]
    [InlineData("training.learningRate=-1", "training.learningRate is -1")]
    [InlineData("model.preset=huge", "unknown preset \"huge\"", "tiny, small, base and big")]
    [InlineData("tokenizer.kind=letters", "tokenizer kind \"letters\" is not known", "bpe")]
    [InlineData("tokenizer.vocabSize=20", "vocabSize 20 is out of range")]
    [InlineData("nonsense", "write section.key=value")]
    public void A_wrong_setting(string setting, params string[] parts) => Train(trained.Config, "--set", setting).FailsWith(2, parts);

    [Fact]
    public void A_configuration_that_is_no_YAML() => Train(folder.File("c.yaml", "data: [1, 2\n  x: }")).FailsWith(2, "c.yaml");

    [Fact]
    public void No_configuration_at_all() => CommandLine.Run("train").FailsWith(2, "needs a configuration");

    [Fact]
    public void A_folder_that_already_holds_a_run()
    {
        Dictionary<string, byte[]> before = Files(trained.Run);
        CommandLine.Run("train", trained.Config, "--out", trained.Run).FailsWith(2, "already holds a run", "--resume", "--force", "--out");
        AssertUnchanged(before);
    }

    [Fact]
    public void A_run_that_another_process_works_on()
    {
        Dictionary<string, byte[]> before = Files(trained.Run);
        using (new RunDirectory(trained.Run).Lock())
        {
            CommandLine.Run("train", "--resume", "--out", trained.Run).FailsWith(1, "another process is working on the run");
            CommandLine.Run("train", trained.Config, "--out", trained.Run, "--force").FailsWith(1, "another process is working on the run");
        }

        AssertUnchanged(before);
    }

    [Fact]
    public void A_new_run_that_another_process_has_just_begun()
    {
        string run = folder.File("run");
        using IDisposable other = new RunDirectory(run).Lock();
        CommandLine.Run("train", trained.Config, "--out", run).FailsWith(1, "another process is working on the run");
        Assert.Equal([RunDirectory.LockName], Directory.GetFiles(run).Select(Path.GetFileName));
    }

    [Fact]
    public void Force_with_wrong_data_leaves_the_old_run()
    {
        Dictionary<string, byte[]> before = Files(trained.Run);
        string[] wrong = ["train", trained.Config, "--out", trained.Run, "--force", "--set"];
        CommandLine.Run([.. wrong, $"data.train.source={folder.File("nowhere")}"]).FailsWith(2, "there is no file");
        CommandLine.Run([.. wrong, "model.numHeads=3"]).FailsWith(2, "not divisible");
        AssertUnchanged(before);
    }

    [Fact]
    public void Force_deletes_nothing_that_is_no_part_of_a_run()
    {
        string precious = Directory.CreateDirectory(folder.File("precious")).FullName;
        File.WriteAllText(Path.Combine(precious, "config.yaml"), File.ReadAllText(trained.Config));
        File.WriteAllText(Path.Combine(precious, "thesis.tex"), "years of work");
        CommandLine.Run("train", trained.Config, "--out", precious, "--force").FailsWith(2, "thesis.tex", "no part of a run");
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(precious, "thesis.tex")));
        Assert.Equal(2, Directory.GetFileSystemEntries(precious).Length);
    }

    [Fact]
    public void A_run_to_resume_that_is_not_there() =>
        CommandLine.Run("train", "--resume", "--out", folder.File("nowhere")).FailsWith(2, "holds no run to resume");

    [Fact]
    public void Resume_with_a_setting_that_would_change_the_past() =>
        CommandLine.Run("train", "--resume", "--out", trained.Run, "--set", "model.dModel=64").FailsWith(2, "model cannot change");

    [Fact]
    public void An_output_that_is_a_file() =>
        CommandLine.Run("train", trained.Config, "--out", trained.Source).FailsWith(2, "is a file");

    [Fact]
    public void An_output_folder_that_cannot_be_written_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "writes to /proc, where not even root may make a folder; only Linux has it");
        CommandLine.Run("train", trained.Config, "--out", "/proc/heed").FailsWith(2, "cannot write to the folder /proc/heed");
    }

    [Fact]
    public void A_failed_start_leaves_no_folder_behind()
    {
        TrainOn(folder.File("nowhere"), trained.Target).FailsWith(2);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Repeat(string word) => string.Join(' ', Enumerable.Repeat(word, 10_000));

    private CommandResult Train(string config, params string[] more) => CommandLine.Run(["train", config, "--out", folder.File("run"), .. more]);

    private CommandResult TrainOn(string source, string target, params string[] more) =>
        Train(trained.Config, ["--set", $"data.train.source={source}", "--set", $"data.train.target={target}", .. more]);

    private static Dictionary<string, byte[]> Files(string path) =>
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);

    private void AssertUnchanged(Dictionary<string, byte[]> before)
    {
        Assert.Equal(before, Files(trained.Run));
        Assert.False(Directory.Exists(trained.Run + ".previous"));
    }
}
