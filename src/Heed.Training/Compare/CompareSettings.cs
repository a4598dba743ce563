using System.Text.Json.Serialization;
using Heed.Models.Configuration;
using Heed.Training.Compare.Tasks;

namespace Heed.Training.Compare;

/// <summary>What a comparison of architectures measures, and on what budget: the same for every architecture.</summary>
public sealed record CompareSettings
{
    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The architectures: names of <see cref="Architecture.All"/>.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [.. Architecture.All.Select(architecture => architecture.Name)];

    /// <summary>The tasks with a distance to bridge, and the gradients.</summary>
    public TaskSettings Tasks { get; init; } = new();

    /// <summary>The speed of training steps.</summary>
    public SpeedSettings Speed { get; init; } = new();

    /// <summary>Translation of sentences joined into longer and longer ones.</summary>
    public LongTranslationSettings Translation { get; init; } = new();

    /// <summary>Configurations of whole training runs, the rungs of the ladder; none in the quick preset.</summary>
    public IReadOnlyList<LadderRung> Ladder { get; init; } = [];

    /// <summary>A few minutes on two cores, with nothing but what is generated at run time.</summary>
    public static CompareSettings Quick() => new();

    /// <summary>Some hours on two cores: larger models, longer training, longer sequences, and corpora.</summary>
    public static CompareSettings Full() => new()
    {
        Tasks = new TaskSettings
        {
            Parameters = 200_000,
            Steps = 6000,
            SequencesPerStep = 64,
            LearningRate = 2e-3,
            RecallLabels = 64,
            SubjectNouns = 36,
            RecallDistances = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128],
            TrainedCopyLength = 24,
            CopyLengths = [2, 4, 8, 12, 16, 20, 24, 32, 48],
            AgreementClauses = [0, 1, 2, 3, 4, 5, 6, 8, 12, 16],
            TestSequences = 500,
        },
        Speed = new SpeedSettings { Parameters = 2_000_000, Lengths = [8, 16, 32, 64, 128, 256, 512, 1024], Sequences = 8, Steps = 5 },
        Translation = new LongTranslationSettings
        {
            Parameters = 2_000_000,
            Steps = 3000,
            BatchTokens = 2048,
            LearningRate = 2e-3,
            VocabSize = 4000,
            TrainPairs = 100_000,
            TestPairs = 300,
            LongestTrainedJoin = 2,
            Joins = [1, 2, 3, 4, 6, 8],
            Pairs = "../shared/data/tatoeba_deu_eng/deu.txt.gz",
            SourceColumn = 2,
            TargetColumn = 1,
        },
        Ladder =
        [
            new LadderRung("LSTM", "configs/multi30k-de-en-lstm.yaml", 13.8),
            new LadderRung("GRU", "configs/multi30k-de-en-gru.yaml", 20.6),
            new LadderRung("GRU + Bahdanau", "configs/multi30k-de-en-gru-attention.yaml", 28.3),
            new LadderRung("convolutional", "configs/multi30k-de-en-conv.yaml", 34.1),
            new LadderRung("Transformer", "configs/multi30k-de-en-transformer.yaml", 36.5),
        ],
    };

    /// <summary>Loads settings; what a file leaves out is as in the quick preset.</summary>
    /// <param name="path">A YAML or JSON file.</param>
    /// <param name="overrides">Texts <c>section.key=value</c>.</param>
    /// <exception cref="ConfigException">A key is unknown, or a value missing or out of range.</exception>
    public static CompareSettings Load(string path, IReadOnlyList<string>? overrides = null) => ConfigFile.Load(path, CompareJson.Default.CompareSettings, overrides);

    /// <summary>Changes single values.</summary>
    /// <param name="overrides">Texts <c>section.key=value</c>.</param>
    /// <exception cref="ConfigException">A key is unknown or a value of the wrong kind.</exception>
    public CompareSettings With(IReadOnlyList<string> overrides) =>
        ConfigFile.Parse(ToYaml(), "the preset", CompareJson.Default.CompareSettings, overrides);

    /// <summary>All values as YAML.</summary>
    public string ToYaml() => ConfigFile.ToYaml(this, CompareJson.Default.CompareSettings);

    /// <summary>Checks all values.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        if (Architectures.Count == 0)
        {
            throw new ConfigException("architectures is empty; name at least one");
        }

        foreach (string name in Architectures)
        {
            Architecture.Find(name);
        }

        Positive("tasks.steps", Tasks.Steps);
        Positive("tasks.sequencesPerStep", Tasks.SequencesPerStep);
        Positive("tasks.testSequences", Tasks.TestSequences);
        Between("tasks.recallLabels", Tasks.RecallLabels, 2, 1024);
        Between("tasks.subjectNouns", Tasks.SubjectNouns, 4, NamedSubjectTask.MostNouns);
        if (Tasks.SubjectClauses.Append(Tasks.TrainedSubjectClauses).Max() is var longest && longest > NamedSubjectTask.MostClauses(Tasks.SubjectNouns))
        {
            throw new ConfigException($"tasks.subjectClauses and trainedSubjectClauses go up to {longest}; tasks.subjectNouns {Tasks.SubjectNouns} is enough for {NamedSubjectTask.MostClauses(Tasks.SubjectNouns)}");
        }

        Positive("speed.sequences", Speed.Sequences);
        Positive("speed.steps", Speed.Steps);
        Positive("translation.steps", Translation.Steps);
        Positive("translation.trainPairs", Translation.TrainPairs);
        Positive("translation.testPairs", Translation.TestPairs);
        Positive("translation.longestTrainedJoin", Translation.LongestTrainedJoin);
        foreach ((string key, IReadOnlyList<int> values, int least) in ((string, IReadOnlyList<int>, int)[])[
            ("tasks.recallDistances", Tasks.RecallDistances, 1), ("tasks.copyLengths", Tasks.CopyLengths, 1), ("tasks.agreementClauses", Tasks.AgreementClauses, 0), ("tasks.subjectClauses", Tasks.SubjectClauses, 0),
            ("speed.lengths", Speed.Lengths, 2), ("translation.joins", Translation.Joins, 1)])
        {
            if (values.Any(value => value < least || value > 4096))
            {
                throw new ConfigException($"{key} holds {values.First(value => value < least || value > 4096)}; values lie between {least} and 4096");
            }
        }
    }

    private static void Between(string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ConfigException($"{key} is {value}; it lies between {least} and {most}");
        }
    }

    private static void Positive(string key, int value)
    {
        if (value < 1)
        {
            throw new ConfigException($"{key} is {value}; it must be at least 1");
        }
    }
}

/// <summary>The tasks that ask for something read a while ago.</summary>
public sealed record TaskSettings
{
    /// <summary>The parameters of each model, as near as its family's sizes allow.</summary>
    public long Parameters { get; init; } = 120_000;

    /// <summary>Optimiser steps for each task and architecture.</summary>
    public int Steps { get; init; } = 1500;

    /// <summary>Sequences in one step; the same ones for every architecture.</summary>
    public int SequencesPerStep { get; init; } = 32;

    /// <summary>The highest learning rate, reached after a tenth of the steps; it then falls to zero.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Sequences for each measured distance.</summary>
    public int TestSequences { get; init; } = 200;

    /// <summary>The longest distance that is trained on.</summary>
    public int TrainedRecallDistance { get; init; } = 24;

    /// <summary>How many labels there are to keep apart, each with one of four values.</summary>
    public int RecallLabels { get; init; } = 24;

    /// <summary>The distances that are measured.</summary>
    public IReadOnlyList<int> RecallDistances { get; init; } = [1, 2, 4, 8, 16, 24, 32, 48, 64];

    /// <summary>The longest sequence that is trained on.</summary>
    public int TrainedCopyLength { get; init; } = 16;

    /// <summary>The lengths that are measured.</summary>
    public IReadOnlyList<int> CopyLengths { get; init; } = [2, 4, 8, 12, 16, 20, 24, 32];

    /// <summary>The most relative clauses that are trained on.</summary>
    public int TrainedAgreementClauses { get; init; } = 3;

    /// <summary>The numbers of relative clauses that are measured.</summary>
    public IReadOnlyList<int> AgreementClauses { get; init; } = [0, 1, 2, 3, 4, 5, 6, 8];

    /// <summary>The most relative clauses that are trained on where the subject is named at the end.</summary>
    public int TrainedSubjectClauses { get; init; } = 8;

    /// <summary>How many nouns there are to keep apart.</summary>
    public int SubjectNouns { get; init; } = 16;

    /// <summary>The numbers of relative clauses that are measured where the subject is named at the end.</summary>
    public IReadOnlyList<int> SubjectClauses { get; init; } = [0, 1, 2, 3, 4, 6, 8, 10, 12];

    /// <summary>The distance over which gradients are followed back.</summary>
    public int GradientDistance { get; init; } = 64;
}

/// <summary>The cost of a training step.</summary>
public sealed record SpeedSettings
{
    /// <summary>The parameters of each model, as near as its family's sizes allow.</summary>
    public long Parameters { get; init; } = 1_000_000;

    /// <summary>The lengths of source and target.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [8, 16, 32, 64, 128, 256];

    /// <summary>Sequences in one step.</summary>
    public int Sequences { get; init; } = 8;

    /// <summary>Steps measured, after one to warm up; the median counts.</summary>
    public int Steps { get; init; } = 3;
}

/// <summary>Translation of sentences that were joined into longer ones.</summary>
public sealed record LongTranslationSettings
{
    /// <summary>The parameters of each model, as near as its family's sizes allow.</summary>
    public long Parameters { get; init; } = 800_000;

    /// <summary>Optimiser steps for each architecture.</summary>
    public int Steps { get; init; } = 350;

    /// <summary>Source and target tokens in one step.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>The tokens of the vocabulary, at most.</summary>
    public int VocabSize { get; init; } = 1500;

    /// <summary>Sentence pairs to learn from.</summary>
    public int TrainPairs { get; init; } = 20_000;

    /// <summary>Sentence pairs for each measured length.</summary>
    public int TestPairs { get; init; } = 120;

    /// <summary>Training examples are made of one to so many pairs, joined.</summary>
    public int LongestTrainedJoin { get; init; } = 2;

    /// <summary>The numbers of pairs that are joined into one test sentence.</summary>
    public IReadOnlyList<int> Joins { get; init; } = [1, 2, 3, 4, 6];

    /// <summary>A tab-separated file of pairs, or null for the sentences of <c>heed demo</c>.</summary>
    public string? Pairs { get; init; }

    /// <summary>The column of the source, counted from 1.</summary>
    public int SourceColumn { get; init; } = 1;

    /// <summary>The column of the target, counted from 1.</summary>
    public int TargetColumn { get; init; } = 2;
}

/// <summary>One whole training run.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Config">The configuration file of the run.</param>
/// <param name="Published">The published BLEU of such a model, lower-cased, or null.</param>
public sealed record LadderRung(string Name, string Config, double? Published = null);

/// <summary>Source-generated serialisation of settings and results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CompareSettings))]
[JsonSerializable(typeof(UnitResult))]
[JsonSerializable(typeof(CompareResults))]
internal sealed partial class CompareJson : JsonSerializerContext;
