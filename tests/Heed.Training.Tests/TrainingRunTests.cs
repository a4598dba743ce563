using System.Text.Json;
using Heed.Models.Configuration;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Translating;

namespace Heed.Training.Tests;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TranslationRunConfig config;

    public TrainingRunTests()
    {
        WriteCorpus("source", "one two three");
        WriteCorpus("target", "uno due tre");
        config = new TranslationRunConfig
        {
            Data = new DataSection { Train = new CorpusSection { Source = folder.File("source"), Target = folder.File("target") } },
            Tokenizer = new TokenizerOptions { Kind = TokenizerKind.Words, VocabSize = 280, MinCount = 1 },
            Model = new TransformerSection { Preset = "tiny", DModel = 16, NumHeads = 2, DFeedForward = 32, NumEncoderLayers = 1, NumDecoderLayers = 1 },
            Training = new TrainingSection { MaxSteps = 6, ValidateEvery = 2, LogEvery = 1, BatchTokens = 60, ValidationTranslations = 1 },
        };
    }

    private RunDirectory Target => new(folder.File("run"));

    public void Dispose() => folder.Dispose();

    private void WriteCorpus(string name, string words)
    {
        string[] vocabulary = words.Split(' ');
        folder.File(name, string.Concat(Enumerable.Range(0, 30).Select(i => $"{vocabulary[i % 3]} {vocabulary[i / 3 % 3]} {vocabulary[i / 9 % 3]}\n")));
    }

    private TrainingRun Started(int steps = 6)
    {
        TrainingRun run = TrainingRun.Start(config with { Training = config.Training with { MaxSteps = steps } }, Target);
        run.Trainer.Run();
        return run;
    }

    [Fact]
    public void A_run_leaves_its_configuration_log_tokenizer_and_checkpoints()
    {
        TrainingRun run = Started();
        Assert.Equal(run.Config, RunConfig.Load(Target.ConfigPath));
        Assert.Equal(6, File.ReadAllLines(Target.LogPath).Length);
        Assert.Equal(run.Tokenizer.VocabSize, Tokenizer.Load(Target.TokenizerPath).VocabSize);
        Assert.Equal(["step-00000002", "step-00000004", "step-00000006"], Directory.GetDirectories(Target.CheckpointsPath).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(ScheduleKind.InverseSquareRoot)]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.Constant)]
    public void The_configuration_chooses_the_schedule(ScheduleKind kind)
    {
        TrainingSection training = config.Training with { Schedule = kind, LearningRate = 0.01, WarmupSteps = 2 };
        LearningRateSchedule expected = kind switch
        {
            ScheduleKind.InverseSquareRoot => new InverseSquareRootSchedule(0.01, 2),
            ScheduleKind.Cosine => new CosineSchedule(0.01, 2, training.MaxSteps),
            _ => new ConstantSchedule(0.01f, 2),
        };
        TrainingRun.Start(config with { Training = training }, Target).Trainer.Run();
        Assert.Equal(
            Enumerable.Range(1, training.MaxSteps).Select(step => (double)expected.At(step)),
            File.ReadLines(Target.LogPath).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("learningRate").GetDouble()));
    }

    [Fact]
    public void Weight_decay_chooses_AdamW_and_clipping_is_as_configured()
    {
        TrainingRun plain = TrainingRun.Start(config with { Training = config.Training with { ClipNorm = 0 } }, Target);
        TrainingRun decaying = TrainingRun.Start(config with { Training = config.Training with { WeightDecay = 0.1f, ClipNorm = 0.25f } }, new RunDirectory(folder.File("decaying")));
        Assert.Null(Assert.IsType<Adam>(plain.Optimizer).MaxGradientNorm);
        Assert.Equal(0.25f, Assert.IsType<AdamW>(decaying.Optimizer).MaxGradientNorm);
    }

    [Fact]
    public void A_run_is_never_overwritten()
    {
        Started();
        var error = Assert.Throws<IOException>(() => TrainingRun.Start(config, Target));
        Assert.Contains("already holds a run; continue it with --resume, replace it with --force, or choose another folder with --out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_resumed_on_other_data_is_refused()
    {
        Started(3);
        WriteCorpus("target", "uno due quattro");
        var error = Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(Target));
        Assert.Equal($"the training data is not what the run in {Target.Path} began with; restore the files that {Target.ConfigPath} names, or start a new run", error.Message);

        WriteCorpus("target", "uno due tre");
        Assert.Equal(3, TrainingRun.Resume(Target).Trainer.State.Step);
    }

    [Fact]
    public void A_setting_changed_at_a_resume_stays_changed()
    {
        Started(3);
        TrainingRun.Resume(Target, ["training.maxSteps=5", "training.learningRate=0.5"]);
        TrainingRun again = TrainingRun.Resume(Target);
        Assert.Equal((5, 0.5), (again.Config.Training.MaxSteps, again.Config.Training.LearningRate));
        again.Trainer.Run();
        Assert.Equal(5, again.Trainer.State.Step);
    }

    [Fact]
    public void A_run_that_streams_its_pairs_is_the_same_run()
    {
        byte[] inMemory = ModelOf(config, "memory");
        byte[] streamed = ModelOf(config with { Data = config.Data with { Streaming = true } }, "streamed");
        Assert.Equal(inMemory, streamed); // while all pairs fit into one window
    }

    private byte[] ModelOf(TranslationRunConfig settings, string name)
    {
        var directory = new RunDirectory(folder.File(name));
        var run = (TranslationRun)TrainingRun.Start(settings, directory);
        Assert.Equal((30, 30), (run.Pairs.Count, run.Pairs.Report.Kept));
        run.Trainer.Run();
        run.Finish();
        return File.ReadAllBytes(Path.Combine(directory.ModelPath, "model.safetensors"));
    }

    [Theory]
    [InlineData("data.streaming=true")]
    [InlineData("model.dModel=32")]
    [InlineData("training.seed=2")]
    [InlineData("training.batchTokens=61")]
    [InlineData("data.train.source=elsewhere")]
    public void A_setting_that_would_change_the_past_is_refused_at_a_resume(string setting)
    {
        Started(1);
        Assert.Contains("cannot change in the middle of a run", Assert.Throws<ConfigException>(() => TrainingRun.Resume(Target, [setting])).Message, StringComparison.Ordinal);
        Assert.Equal(1, TrainingRun.Resume(Target).Trainer.State.Step);
    }

    [Fact]
    public void A_run_killed_before_its_first_checkpoint_begins_again_with_a_new_log()
    {
        TrainingRun.Start(config, Target);
        Target.Log(new LogEntry { Step = 1, Epoch = 0, Loss = 7 });
        TrainingRun resumed = TrainingRun.Resume(Target);
        Assert.Equal(0, resumed.Trainer.State.Step);
        Assert.Empty(File.ReadAllText(Target.LogPath));
    }

    [Fact]
    public void Resuming_and_finishing_a_finished_run_gives_the_same_model()
    {
        Started(5).Finish();
        byte[] model = File.ReadAllBytes(Path.Combine(Target.ModelPath, "model.safetensors"));
        string log = File.ReadAllText(Target.LogPath);

        TrainingRun again = TrainingRun.Resume(Target);
        Assert.Equal(StopReason.Finished, again.Trainer.Run());
        again.Finish();
        Assert.Equal(model, File.ReadAllBytes(Path.Combine(Target.ModelPath, "model.safetensors")));
        Assert.Equal(log, File.ReadAllText(Target.LogPath));
    }

    [Fact]
    public void Validation_pairs_of_which_none_is_left_are_named_before_training()
    {
        string tsv = folder.File("validation.tsv", "\tleer\nzu lang zu lang zu lang zu lang\tshort\n");
        TranslationRunConfig empty = config with { Data = config.Data with { Validation = new CorpusSection { Tsv = tsv }, Filter = new LengthFilter { MaxTokens = 6 } } };
        var error = Assert.Throws<InvalidDataException>(() => TrainingRun.Start(empty, Target));

        Assert.StartsWith($"data.validation: no sentence pair of validation.tsv is left to validate on: kept 0 of 2 pairs; dropped 1 with an empty side (line 1), 1 with more than 6 tokens on a side (line 2); ", error.Message);
        Assert.False(Target.Exists); // so that the mended run can start
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_too_long_for_a_batch_is_noticed_before_training(bool inValidation)
    {
        string tsv = folder.File("long.tsv", string.Join(' ', Enumerable.Repeat("one", 40)) + "\t" + string.Join(' ', Enumerable.Repeat("due", 40)) + "\n");
        var section = new CorpusSection { Tsv = tsv };
        TranslationRunConfig tooLong = config with { Data = inValidation ? config.Data with { Validation = section } : new DataSection { Train = section } };
        var error = Assert.Throws<ArgumentException>(() => TrainingRun.Start(tooLong, Target));

        Assert.StartsWith("an example has 82 tokens, but a batch holds only 60; raise the batch's tokens to 82 or more", error.Message);
        Assert.False(Target.Exists);
    }
}
