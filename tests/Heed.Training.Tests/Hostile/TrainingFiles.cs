using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Testing;
using Heed.Testing.Hostile;
using Heed.Training.Checkpoints;
using Heed.Training.Compare;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Labelled;
using Heed.Training.FineTuning;

namespace Heed.Training.Tests.Hostile;

/// <summary>Every kind of file that a run reads: a small good one, and its reader, which then uses all that it read.</summary>
internal static class TrainingFiles
{
    private static readonly Dictionary<string, Func<TemporaryFolder, HostileFile>> Files = new()
    {
        ["config.yaml"] = Config,
        ["state of a checkpoint"] = folder => Checkpoint(folder, "state.json"),
        ["weights of a checkpoint"] = folder => Checkpoint(folder, "model.safetensors"),
        ["optimiser of a checkpoint"] = folder => Checkpoint(folder, "optimizer.safetensors"),
        ["weights to be averaged"] = Averaged,
        ["log of a run"] = folder => Run(folder, "log.jsonl"),
        ["samples of a run"] = folder => Run(folder, "samples.txt"),
        ["result of a comparison"] = Comparison,
        ["pairs in columns"] = folder => Pairs(folder.File("pairs.tsv", "eins\tone\nzwei\ttwo\n"), path => ParallelText.FromTabSeparated(path)),
        ["pairs in json"] = folder => Pairs(folder.File("pairs.jsonl", """{"de": "eins", "en": "one"}""" + "\n" + """{"de": "zwei", "en": "tw\u006f", "n": [1]}""" + "\n"), path => ParallelText.FromJsonLines(path, "de", "en")),
        ["conversations"] = folder =>
        {
            string path = folder.File("talks.jsonl", """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}""" + "\n" + """{"instruction": "a", "input": "", "output": "b"}""" + "\n");
            return new HostileFile(path, () => _ = ConversationFile.Read(path).Count(), typeof(InvalidDataException));
        },
        ["pairs in two files"] = folder =>
        {
            string other = folder.File("other.txt", "one\ntwo\n");
            return Pairs(folder.File("pairs.txt", "eins\nzwei\n"), path => ParallelText.FromFiles(path, other));
        },
        ["labels in columns"] = folder => Labels(folder.File("labels.tsv", "ham\thi\nspam\twin\n"), path => LabelledTexts.FromTabSeparated(path, 2, 1)),
        ["labels in values"] = folder => Labels(folder.File("labels.csv", "label,text\nham,\"a, \"\"b\"\"\nc\"\nspam,win\n"), path => LabelledTexts.FromCsv(path, "text", "label")),
        ["labels in json"] = folder => Labels(folder.File("labels.jsonl", """{"text": "hi", "label": 1}""" + "\n" + """{"text": "w\u0069n", "label": true}""" + "\n"), path => LabelledTexts.FromJsonLines(path, "text", "label")),
    };

    /// <summary>All.</summary>
    public static TheoryData<string> Names => [.. Files.Keys];

    /// <summary>Writes a good file into a folder.</summary>
    public static HostileFile Create(string name, TemporaryFolder folder) => Files[name](folder);

    private static HostileFile Config(TemporaryFolder folder)
    {
        string path = folder.File("config.yaml");
        new TranslationRunConfig { Data = new DataSection { Train = new CorpusSection { Source = "a.de", Target = "a.en" } } }.Save(path);
        return new HostileFile(path, () => RunConfig.Load(path), typeof(ConfigException)) { MaxCuts = 300 };
    }

    private static HostileFile Checkpoint(TemporaryFolder folder, string name)
    {
        CheckpointStore store = Saved(folder);
        SmallRun other = Small();
        return new HostileFile(folder.File(Path.Combine("step-00000002", name)), () => store.LoadLatest(other.Model, other.Optimizer), typeof(ModelFileException)) { Head = 4000, MaxCuts = 300, Rounds = 200 };
    }

    private static HostileFile Averaged(TemporaryFolder folder)
    {
        CheckpointStore store = Saved(folder);
        SmallRun run = Small();
        store.Save(run.Model, run.Optimizer, run.Trainer.State with { Step = 3, Best = [new RankedCheckpoint(2, 1)] });
        return new HostileFile(folder.File(Path.Combine("step-00000002", "model.safetensors")), () => CheckpointAveraging.Average(store, [3, 2], run.Model), typeof(ModelFileException)) { Head = 4000, MaxCuts = 200, Rounds = 200 };
    }

    private static HostileFile Run(TemporaryFolder folder, string name)
    {
        var run = new RunDirectory(folder.Path);
        for (int step = 1; step <= 3; step++)
        {
            run.Log(new LogEntry { Step = step, Epoch = 1 });
            run.AppendSamples(step, ["source eins\nhypothesis one"]);
        }

        return new HostileFile(folder.File(name), () => run.Rewind(2)) { IsOptional = true, MostAllocated = 100_000_000, Rounds = 50 }; // an error each for 20,000 lines
    }

    private static HostileFile Comparison(TemporaryFolder folder)
    {
        var store = new CompareStore(folder.Path);
        store.Save(new UnitResult("unit", "f", 1.5, [new Measurement("chart", "gru", 1, 2, Note: "n")]));
        return new HostileFile(folder.File("unit.json"), () => store.Load("unit", "f")) { IsOptional = true };
    }

    private static HostileFile Pairs(string path, Func<string, ParallelText> open) => new(path, () => _ = open(path).Read().Count(), typeof(InvalidDataException));

    private static HostileFile Labels(string path, Func<string, LabelledTexts> open) => new(path, () => _ = open(path).Read().Count(), typeof(InvalidDataException));

    private static CheckpointStore Saved(TemporaryFolder folder)
    {
        SmallRun run = Small();
        run.Trainer.Run(); // so that the optimiser has something to remember
        var store = new CheckpointStore(folder.Path);
        store.Save(run.Model, run.Optimizer, run.Trainer.State with { Best = [new RankedCheckpoint(2, 1)] });
        return store;
    }

    private static SmallRun Small() => new(new TrainingSection { MaxSteps = 2, BatchTokens = 60 }, SmallRun.Corpus(10, seed: 1), dModel: 4);
}
