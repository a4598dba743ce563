using Heed.Models.Generation;
using Heed.Testing;
using Heed.Training;
using Heed.Training.Configuration;

namespace Heed.Cli.Tests.Docs;

/// <summary>The configurations of docs/concepts/fine-tuning.md load, and those that it names run.</summary>
public sealed class FineTuningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_configurations_of_the_page_are_valid()
    {
        string[] blocks = [.. MarkdownFile.CodeBlocksOf(MarkdownFile.Open("docs/concepts/fine-tuning.md").Text, "yaml")];
        Assert.IsType<InstructionRunConfig>(RunConfig.Load(folder.File("0.yaml", blocks[0])));
        Assert.IsType<PreferenceRunConfig>(RunConfig.Load(folder.File("1.yaml", blocks[1])));
    }

    [Fact]
    public void The_ready_configurations_train_one_after_the_other()
    {
        TrainingRun answers = Train("short-answers", "data.train=" + Data("short-answers"), "data.validation=" + Data("short-answers"));
        TrainingRun preferred = Train("short-preferred", "data.train=" + Data("short-preferred"), "data.validation=" + Data("short-preferred"), "model.from=" + answers.Directory.ModelPath);
        Assert.True(File.Exists(Path.Combine(preferred.Directory.AdapterPath, "adapter_config.json")));
        Assert.NotNull(TextGenerator.Load(preferred.Directory.ModelPath).Generate("Where do fish live?"));
        Assert.Contains("heed generate", File.ReadAllText(Path.Combine(preferred.Directory.ModelPath, "README.md")), StringComparison.Ordinal);
    }

    private static string Data(string name) => Path.Combine(MarkdownFile.Root, "configs", "data", name + ".jsonl");

    private TrainingRun Train(string name, params string[] settings)
    {
        RunConfig config = RunConfig.Load(Path.Combine(MarkdownFile.Root, "configs", name + ".yaml"), [.. settings, "training.maxSteps=4", "training.validateEvery=2", "training.warmupSteps=1"]);
        TrainingRun run = TrainingRun.Start(config, new RunDirectory(folder.File(name)));
        run.Trainer.Run(TestContext.Current.CancellationToken);
        run.Finish();
        return run;
    }
}
