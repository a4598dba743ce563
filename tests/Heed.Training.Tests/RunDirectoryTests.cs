using Heed.Testing;

namespace Heed.Training.Tests;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunDirectory directory;

    public RunDirectoryTests()
    {
        directory = new RunDirectory(folder.File("run"));
        directory.Create();
    }

    public void Dispose() => folder.Dispose();

    private static LogEntry Line(int step, double? loss = 1.5) => new() { Step = step, Epoch = 0, Loss = loss };

    [Fact]
    public void A_log_line_is_one_json_object_without_what_is_not_known()
    {
        directory.Log(Line(3));
        directory.Log(new LogEntry { Step = 4, Epoch = 1, Message = "two\nlines" });
        Assert.Equal("{\"step\":3,\"epoch\":0,\"loss\":1.5}\n{\"step\":4,\"epoch\":1,\"message\":\"two\\nlines\"}\n", File.ReadAllText(directory.LogPath));
    }

    [Fact]
    public void Rewinding_keeps_the_lines_up_to_the_checkpoint()
    {
        foreach (int step in new[] { 5, 10, 10, 15, 20 })
        {
            directory.Log(Line(step));
        }

        string[] before = File.ReadAllLines(directory.LogPath);
        directory.Rewind(10);
        Assert.Equal(before[..3], File.ReadAllLines(directory.LogPath));
        directory.Rewind(0);
        Assert.Empty(File.ReadAllText(directory.LogPath));
    }

    [Fact]
    public void Rewinding_drops_a_last_line_that_was_cut_anywhere()
    {
        directory.Log(Line(5));
        string whole = File.ReadAllText(directory.LogPath);
        for (int cut = 0; cut < whole.Length - 1; cut++)
        {
            File.WriteAllText(directory.LogPath, whole + whole[..cut]);
            directory.Rewind(5);
            Assert.Equal(whole, File.ReadAllText(directory.LogPath));
        }

        File.WriteAllText(directory.LogPath, whole + whole[..^1]); // all but the line end
        directory.Rewind(5);
        Assert.Equal(whole + whole, File.ReadAllText(directory.LogPath));
    }

    [Fact]
    public void Rewinding_drops_later_samples_and_keeps_earlier_ones_as_they_are()
    {
        const string sample = "source     ein step 99\rstep 100"; // what a model writes may hold any line end
        directory.AppendSamples(5, [sample, sample]);
        string five = File.ReadAllText(directory.SamplesPath);
        directory.AppendSamples(10, [sample]);
        string ten = File.ReadAllText(directory.SamplesPath);
        File.AppendAllText(directory.SamplesPath, "step 15\n  source     cu");

        directory.Rewind(10);
        Assert.Equal(ten, File.ReadAllText(directory.SamplesPath));
        directory.Rewind(9);
        Assert.Equal(five, File.ReadAllText(directory.SamplesPath));
        const string Block = "  source     ein step 99\n  step 100\n\n";
        Assert.Equal("step 5\n" + Block + Block, five);
    }

    [Fact]
    public void Rewinding_a_run_that_wrote_nothing_does_nothing()
    {
        directory.Rewind(0);
        Assert.False(File.Exists(directory.LogPath));
    }

    [Fact]
    public void A_run_exists_once_its_configuration_or_a_checkpoint_does()
    {
        Assert.False(directory.Exists);
        File.WriteAllText(directory.ConfigPath, "data:");
        Assert.True(directory.Exists);
        File.Delete(directory.ConfigPath);
        Directory.CreateDirectory(Path.Combine(directory.CheckpointsPath, "step-00000001"));
        Assert.True(directory.Exists);
        Assert.False(new RunDirectory(folder.File("nothing")).Exists);
    }
}
