using System.Reflection;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests.Configuration;

public sealed class RunConfigTests : IDisposable
{
    private const string Minimal = "data:\n  train: { source: a, target: b }\n";

    private readonly TemporaryFolder folder = new();

    // No value is the default: a property that is lost on the way shows.
    private static TranslationRunConfig Full { get; } = new()
    {
        Data = new DataSection
        {
            Train = new CorpusSection { Source = "a.de", Target = "a.en", SourceColumn = 3, TargetColumn = 4, SourceField = "de", TargetField = "en" },
            Validation = new CorpusSection { Tsv = "b: #1.tsv", SourceColumn = 2, TargetColumn = 7, SourceField = "no", TargetField = "null" },
            Test = new CorpusSection { Jsonl = "c.jsonl", SourceColumn = 5, TargetColumn = 6, SourceField = "x.y", TargetField = "1" },
            Streaming = true,
            Filter = new LengthFilter { MaxTokens = 98, MaxRatio = 2.5 },
        },
        Tokenizer = new TokenizerOptions { Kind = TokenizerKind.Unigram, VocabSize = 1234, Lowercase = true, CharacterCoverage = 0.9995, MaxPieceLength = 7, MinCount = 3 },
        Model = new TransformerSection
        {
            Preset = "base",
            DModel = 48,
            NumHeads = 6,
            DFeedForward = 96,
            NumEncoderLayers = 4,
            NumDecoderLayers = 5,
            Dropout = 0.15f,
            AttentionDropout = 0.05f,
            ActivationDropout = 0.025f,
            Activation = Activation.GeluTanh,
            NormPlacement = NormPlacement.PreNorm,
            ShareEmbeddings = false,
            TieOutput = false,
            ScaleEmbeddings = false,
            MaxLength = 99,
        },
        Training = new TrainingSection
        {
            Seed = long.MaxValue,
            MaxSteps = 77,
            MaxEpochs = 3,
            MaxMinutes = 1.0 / 3,
            BatchTokens = 555,
            AccumulateBatches = 2,
            LearningRate = 3.3e-4,
            Schedule = ScheduleKind.Cosine,
            WarmupSteps = 12,
            MinLearningRate = 1e-6,
            DecaySteps = 66,
            BatchSequences = 8,
            DecayVectors = false,
            Beta1 = 0.85f,
            Beta2 = 0.97f,
            AdamEpsilon = 1e-8f,
            WeightDecay = 0.01f,
            ClipNorm = 0.5f,
            LabelSmoothing = 0.2f,
            ValidateEvery = 11,
            LogEvery = 7,
            Patience = 4,
            KeepBest = 3,
            AverageBest = 2,
            ValidationTranslations = 9,
            Threads = 5,
        },
        Decoding = new DecodingOptions
        {
            BeamSize = 7,
            LengthPenalty = 0.6,
            EarlyStopping = EarlyStopping.WhenFull,
            NBest = 2,
            MaxLengthFactor = 1.5,
            MaxLengthOffset = 3,
            MaxLength = 77,
            MinLength = 1,
            NoRepeatNgramSize = 3,
            BatchTokens = 99,
            WindowLines = 12,
        },
    };

    public void Dispose() => folder.Dispose();

    private TranslationRunConfig Load(string yaml, params string[] overrides) => (TranslationRunConfig)RunConfig.Load(folder.File("config.yaml", yaml), overrides);

    [Fact]
    public void The_full_example_leaves_nothing_at_its_default()
    {
        foreach ((object? full, object plain) in new (object?, object)[]
        {
            (Full.Data.Filter, new LengthFilter()), (Full.Tokenizer, new TokenizerOptions()), (Full.Model, new TransformerSection()), (Full.Training, new TrainingSection()), (Full.Decoding, new DecodingOptions()),
        })
        {
            foreach (PropertyInfo property in plain.GetType().GetProperties())
            {
                Assert.False(Equals(property.GetValue(full), property.GetValue(plain)), $"{plain.GetType().Name}.{property.Name} is at its default");
            }
        }
    }

    [Fact]
    public void Pairs_that_the_model_cannot_read_are_refused()
    {
        var error = Assert.Throws<ConfigException>(() => Load(Minimal + "  filter: { maxTokens: 300 }\nmodel: { maxLength: 300 }\n"));
        Assert.EndsWith(": data.filter.maxTokens is 300, but the model reads only model.maxLength 300 tokens, of which one begins or ends the sentence; lower the first to 299 or raise the second to 301", error.Message, StringComparison.Ordinal);
        Assert.Equal(300, Load(Minimal + "  filter: { maxTokens: 299 }\nmodel: { maxLength: 300 }\n").Model.MaxLength);
    }

    [Theory]
    [InlineData("run.yaml")]
    [InlineData("run.json")]
    public void Every_value_survives_a_file(string name)
    {
        Full.Save(folder.File(name));
        Assert.Equal(Full, RunConfig.Load(folder.File(name)));
    }

    [Fact]
    public void Defaults_survive_a_file_and_are_written_out()
    {
        TranslationRunConfig minimal = Load(Minimal);
        minimal.Save(folder.File("used.yaml"));
        Assert.Equal(minimal, RunConfig.Load(folder.File("used.yaml")));
        Assert.Equal(new TranslationRunConfig { Data = new DataSection { Train = new CorpusSection { Source = "a", Target = "b" } } }, minimal);
        Assert.Contains("  learningRate: 0.001\n", File.ReadAllText(folder.File("used.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_is_named_is_the_same_as_the_usual_one()
    {
        Assert.Equal(Load(Minimal), Load("task: translation\n" + Minimal));
        Assert.StartsWith("task: translation\n", Saved(Load(Minimal)), StringComparison.Ordinal);
        var error = Assert.Throws<ConfigException>(() => Load("task: translatoin\n" + Minimal));
        Assert.EndsWith("Did you mean \"translation\"?", error.Message, StringComparison.Ordinal);
    }

    private string Saved(RunConfig config)
    {
        config.Save(folder.File("saved.yaml"));
        return File.ReadAllText(folder.File("saved.yaml"));
    }

    [Fact]
    public void Overrides_change_single_values()
    {
        TranslationRunConfig config = Load(Minimal, "training.learningRate=5e-4", "model.preset=tiny", "decoding.beamSize=1", "training.schedule=cosine");
        Assert.Equal((5e-4, "tiny", 1, ScheduleKind.Cosine), (config.Training.LearningRate, config.Model.Preset, config.Decoding.BeamSize, config.Training.Schedule));
    }

    [Theory]
    [InlineData("training:\n  learnigRate: 1\n", "unknown key \"training.learnigRate\"; did you mean \"learningRate\"?")]
    [InlineData("trainig:\n  seed: 1\n", "unknown key \"trainig\"; did you mean \"training\"?")]
    [InlineData("model:\n  dmodel: wide\n", "dModel")]
    [InlineData("model:\n  dModel: wide\n", "\"model.dModel\" must be")]
    [InlineData("training:\n  schedule: linearly\n", "training.schedule")]
    [InlineData("training:\n  batchTokens: 0\n", "training.batchTokens is 0; it must be at least 1")]
    [InlineData("model:\n  preset: huge\n", "model.preset: unknown preset \"huge\"; the presets of architecture transformer are tiny, small, base and big")]
    [InlineData("model:\n  architecture: transfomer\n", "Did you mean \"transformer\"?")]
    [InlineData("tokenizer:\n  kind: letters\n", "tokenizer kind \"letters\" is not known; use one of ")]
    [InlineData("decoding:\n  beamSize: 0\n", "beamSize 0 is out of range")]
    public void What_is_wrong_is_named_with_the_mend(string yaml, string message)
    {
        var error = Assert.Throws<ConfigException>(() => Load(Minimal + yaml));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Data_must_be_named() => Assert.Contains("\"data\" is missing", Assert.Throws<ConfigException>(() => Load("training: {}\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_goes_on_only_with_the_same_pairs_model_and_batches()
    {
        (string Key, RunConfig Next)[] refused =
        [
            ("data.train", Full with { Data = Full.Data with { Train = Full.Data.Train with { Source = "other" } } }),
            ("data.filter", Full with { Data = Full.Data with { Filter = new LengthFilter() } }),
            ("tokenizer", Full with { Tokenizer = Full.Tokenizer with { Lowercase = false } }),
            ("model", Full with { Model = (TransformerSection)Full.Model with { Dropout = 0 } }),
            ("training.seed", Full with { Training = Full.Training with { Seed = 2 } }),
            ("training.batchTokens", Full with { Training = Full.Training with { BatchTokens = 2 } }),
        ];
        foreach ((string key, RunConfig next) in refused)
        {
            var error = Assert.Throws<ConfigException>(() => Full.GuardResume(next));
            Assert.Equal($"{key} cannot change in the middle of a run; leave it as it was, or start a new run", error.Message);
        }

        Full.GuardResume(Full with
        {
            Data = Full.Data with { Validation = null, Test = null },
            Training = Full.Training with { LearningRate = 1, MaxSteps = 9, Patience = 0, Threads = 1 },
            Decoding = new DecodingOptions(),
        });
    }
}
