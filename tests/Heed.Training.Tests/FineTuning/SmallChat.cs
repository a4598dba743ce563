using Heed.Models.Pretrained;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.FineTuning;

/// <summary>A small untrained language model in a folder, and questions with short answers about it.</summary>
internal static class SmallChat
{
    private static readonly string[] Things = ["sky", "grass", "snow", "coal", "rose", "sun", "sea", "sand", "plum", "fox", "leaf", "brick"];
    private static readonly string[] Colours = ["red", "green", "blue", "white", "black", "yellow"];

    /// <summary>Writes a model with its tokenizer: bytes, and the marks of chatml.</summary>
    public static string WriteModel(TemporaryFolder folder, ulong seed = 1, float dropout = 0f, int dModel = 32)
    {
        LoadedTokenizer tokenizer = TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 330, SpecialTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] }, [.. Questions, .. Colours]);
        var sizes = new NewModel { Family = NewModelFamily.Llama, VocabSize = tokenizer.VocabSize, DModel = dModel, NumLayers = 2, NumHeads = 2, MaxLength = 96, Dropout = dropout, EosId = tokenizer.Special.EosId };
        string path = folder.File("start");
        PretrainedModel.Create(sizes.ToConfig(), new SeededRandom(seed)).Save(path);
        tokenizer.Save(path);
        return path;
    }

    /// <summary>Tunes a new model until it answers as a file says.</summary>
    public static TrainingRun Tune(TemporaryFolder folder, string train, int seed) => Train(folder, "run", $"""
        task: instruction
        data: {"{"} train: {train}, validation: {train}, template: plain {"}"}
        model: {"{"} from: {WriteModel(folder, (ulong)seed, dModel: 64)} {"}"}
        training: {"{"} seed: {seed}, maxSteps: 250, learningRate: 3.0e-3, warmupSteps: 10, validateEvery: 50, patience: 0 {"}"}
        """);

    /// <summary>Runs a configuration to its end.</summary>
    public static TrainingRun Train(TemporaryFolder folder, string name, string config)
    {
        TrainingRun run = TrainingRun.Start(RunConfig.Load(folder.File($"{name}.yaml", config)), new RunDirectory(folder.File(name)));
        run.Trainer.Run(TestContext.Current.CancellationToken);
        run.Finish();
        return run;
    }

    /// <summary>What is asked.</summary>
    public static string[] Questions => [.. Things.Select(thing => $"What colour is the {thing}?")];

    /// <summary>Draws what is answered.</summary>
    public static string[] Answers(Random random) => [.. Things.Select(_ => Colours[random.Next(Colours.Length)])];

    /// <summary>Another answer than the given one.</summary>
    public static string Other(string answer, Random random)
    {
        string[] others = [.. Colours.Where(colour => colour != answer)];
        return others[random.Next(others.Length)];
    }

    /// <summary>Writes a file of questions and answers.</summary>
    public static string WriteInstructions(TemporaryFolder folder, Random random, string name = "train.jsonl") =>
        folder.File(name, string.Concat(Questions.Zip(Answers(random)).Select(pair => $$"""{"instruction": "{{pair.First}}", "input": "", "output": "{{pair.Second}}"}""" + "\n")));

    /// <summary>Writes a file of questions with two answers each.</summary>
    public static string WritePreferences(TemporaryFolder folder, Random random, string name = "train.jsonl") =>
        folder.File(name, string.Concat(Questions.Zip(Answers(random)).Select(pair => $$"""{"prompt": "{{pair.First}}", "chosen": "{{pair.Second}}", "rejected": "{{Other(pair.Second, random)}}"}""" + "\n")));
}
