using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors.Devices;
using Heed.Testing;
using Heed.Text.Metrics;
using Heed.Training.Classifying;
using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;

namespace Heed.Training.Tests.Classifying;

/// <summary>The task classification from a configuration to a folder that classifies.</summary>
[Collection(nameof(DefaultDevice))]
public sealed class ClassificationRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<NewModelFamily, Pooling> Models => new()
    {
        { NewModelFamily.Gpt2, Pooling.Last },
        { NewModelFamily.Llama, Pooling.Mean },
        { NewModelFamily.Bert, Pooling.First },
        { NewModelFamily.Bert, Pooling.Mean },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_small_model_learns_which_word_decides(NewModelFamily family, Pooling pooling)
    {
        ClassificationRunConfig config = Config() with { Classifier = new() { Pooling = pooling } };
        config = config with { Model = config.Model with { Family = family }, Training = config.Training with { MaxSteps = 120, ValidateEvery = 60 } };
        var run = (ClassificationRun)TrainingRun.Start(config, Target());
        run.Trainer.Run();
        IReadOnlyList<MetricScore> scores = run.Finish();
        Assert.Equal(["accuracy", "macro-F1"], scores.Select(score => score.Name));
        Assert.True(scores[0].Value > 95, scores[0].Format());

        string card = File.ReadAllText(Path.Combine(Target().ModelPath, "README.md"));
        Assert.Contains("heed classify --model", card, StringComparison.Ordinal);
        Assert.Contains("text-classification", card, StringComparison.Ordinal);
        TextClassifier loaded = TextClassifier.Load(Target().ModelPath);
        Assert.Equal(["ham", "spam"], loaded.Labels);
        Assert.Equal(run.Classifier.Classify("tea with a prize").Classes, loaded.Classify("tea with a prize").Classes);
        Assert.Equal("spam", loaded.Classify("tea with a prize").Label);
        Assert.Equal("ham", loaded.Classify("tea with a cake").Label);
    }

    [Fact]
    public void Any_number_of_threads_and_a_stop_anywhere_give_the_same_bytes()
    {
        int seed = RandomTensor.FreshSeed();
        byte[] whole = DefaultDevice.With(CpuDevice.Create(1), () => RunHalts.Finished(Config(), new RunDirectory(folder.File("whole")), stopAfter: null));
        int stop = 1 + (seed % 13);
        byte[] resumed = DefaultDevice.With(CpuDevice.Create(2), () => RunHalts.Finished(Config(), new RunDirectory(folder.File("resumed")), stop));
        Assert.True(whole.SequenceEqual(resumed), $"seed {seed}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Frozen_layers_stay_as_they_were(int trainLayers)
    {
        ClassificationRunConfig config = Config() with { Classifier = new() { TrainLayers = trainLayers } };
        var run = (ClassificationRun)TrainingRun.Start(config, Target());
        Dictionary<string, float[]> before = run.Module.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Tensor.ToArray());
        run.Trainer.Run();
        foreach ((string name, var tensor) in run.Module.NamedParameters())
        {
            bool trained = name == "score.weight" || (trainLayers == 1 && (name.StartsWith("layers.1.", StringComparison.Ordinal) || name.StartsWith("layer_norm.", StringComparison.Ordinal)));
            Assert.True(trained != before[name].AsSpan().SequenceEqual(tensor.Values), name);
        }

        Assert.Equal(2, TrainingRun.Resume(Target(), ["training.maxSteps=15"]).Module.NamedParameters().Count(parameter => parameter.Name is "score.weight" or "embed_tokens.weight"));
    }

    [Fact]
    public void A_model_that_is_there_is_trained_on_with_its_own_tokenizer()
    {
        TrainingRun first = TrainingRun.Start(Config(), new RunDirectory(folder.File("first")));
        first.Trainer.Run();
        first.Finish();
        ClassificationRunConfig next = Config() with { Tokenizer = new(), Model = new PretrainedSection { From = folder.File("first/model") } };
        TrainingRun second = TrainingRun.Start(next, Target());
        Assert.Equal(first.Tokenizer.VocabSize, second.Tokenizer.VocabSize);
        Assert.Equal(
            first.Module.NamedParameters().SelectMany(parameter => parameter.Tensor.ToArray()),
            second.Module.NamedParameters().SelectMany(parameter => parameter.Tensor.ToArray())); // the same classes: the head too
        Assert.Throws<ConfigException>(() => (next with { Model = next.Model with { DModel = 8 } }).Validate());
    }

    [Fact]
    public void The_divided_texts_are_kept_and_may_be_named_by_another_run()
    {
        TrainingRun run = TrainingRun.Start(Config(), Target());
        string split = Target().SplitPath;
        Assert.Equal([60, 20, 40], new[] { "train", "validation", "test" }.Select(part => File.ReadLines(Path.Combine(split, part + ".jsonl")).Count()));
        var data = new LabelledDataSection { Train = new() { Jsonl = Path.Combine(split, "train.jsonl") }, Validation = new() { Jsonl = Path.Combine(split, "validation.jsonl") }, MaxTokens = 16 };
        Assert.Equal(run.DataFingerprint, TrainingRun.Start(Config() with { Data = data }, new RunDirectory(folder.File("other"))).DataFingerprint);
    }

    [Fact]
    public void The_check_before_training_counts_classes_repeats_and_cuts()
    {
        string path = folder.File("uneven.tsv", string.Concat(Enumerable.Range(0, 200).Select(i => $"ham\ttea {i}\n")) + string.Concat(Enumerable.Range(0, 4).Select(i => "spam\tprize and a great many words more than there may be, one after another\n")));
        ClassificationRunConfig config = Config() with { Data = Config().Data with { Texts = new() { Tsv = path } } };
        string[] findings = [.. TrainingRun.Start(config, Target()).Preflight().Select(finding => finding.ToString())];
        Assert.Contains("102 training texts: 100 ham, 2 spam. Always answering \"ham\" is right for 98% of them.", findings);
        Assert.Contains("Only 2 training texts are of the class spam. Collect more of it, or set classifier.classWeights: balanced.", findings);
        Assert.Contains(findings, finding => finding.StartsWith("1 test texts (1.5%) stand among the training texts word for word.", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("2 training texts (2%) are longer than data.maxTokens and lose their end.", StringComparison.Ordinal));
    }

    [Fact]
    public void Balanced_weights_make_every_class_count_the_same()
    {
        Assert.Equal([2 / 3f, 2f], ClassificationObjective.Balanced([75, 25]));
        ClassificationRunConfig config = Config() with { Classifier = new() { ClassWeights = ClassWeights.Balanced } };
        TrainingRun run = TrainingRun.Start(config, Target());
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
    }

    [Theory]
    [InlineData("trainLayers", "classifier.trainLayers is 3, but the model has 2 layers")]
    [InlineData("batch", "training.batchTokens is 8, less than one text of data.maxTokens 16; raise it to 16 or more")]
    [InlineData("family", "model.family: t5 is not trained by this task; choose gpt2 or llama or bert")]
    public void A_configuration_that_makes_no_sense_is_refused(string mistake, string expected)
    {
        ClassificationRunConfig config = Config();
        config = mistake switch
        {
            "trainLayers" => config with { Classifier = new() { TrainLayers = 3 } },
            "batch" => config with { Training = config.Training with { BatchTokens = 8 } },
            _ => config with { Model = config.Model with { Family = NewModelFamily.T5 } },
        };
        ConfigException error = Assert.Throws<ConfigException>(() =>
        {
            config.Validate();
            TrainingRun.Start(config, Target());
        });
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_survives_its_file()
    {
        ClassificationRunConfig config = Config() with { Classifier = new() { Pooling = Pooling.Mean, TrainLayers = 1, ClassWeights = ClassWeights.Balanced } };
        config.Save(folder.File("c.yaml"));
        Assert.Equal(config, RunConfig.Load(folder.File("c.yaml")));
        Assert.Contains("pooling: mean", File.ReadAllText(folder.File("c.yaml")), StringComparison.Ordinal);
    }

    private RunDirectory Target() => new(folder.File("run"));

    // Words at random; a prize makes it spam.
    private ClassificationRunConfig Config()
    {
        string[] words = ["tea", "cake", "prize", "with", "a", "dog"];
        var random = new Random(5);
        string text = string.Concat(Enumerable.Range(0, 120).Select(i =>
        {
            string[] chosen = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => words[random.Next(6)])];
            return $"{(chosen.Contains("prize") ? "spam" : "ham")}\t{string.Join(' ', chosen)}\n";
        }));
        return new ClassificationRunConfig
        {
            Data = new LabelledDataSection { Texts = new() { Tsv = folder.File("texts.tsv", text) }, Split = new() { Train = 0.5, Validation = 1 / 6.0, Test = 1 / 3.0 }, MaxTokens = 16 },
            Tokenizer = new() { VocabSize = 280 },
            Model = new() { Family = NewModelFamily.Gpt2, DModel = 16, NumLayers = 2, NumHeads = 2, Dropout = 0.1f },
            Training = new ClassificationRunConfig { Data = new() }.Training with { MaxSteps = 13, BatchTokens = 100, LearningRate = 1e-2, WarmupSteps = 5, ValidateEvery = 5, LogEvery = 1, Patience = 0, BatchSequences = 8 },
        };
    }
}
