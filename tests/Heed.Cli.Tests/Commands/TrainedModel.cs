using Heed.Models;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>A run of <c>heed train</c> that takes a second, and its files: word-by-word translation of colours and things.</summary>
public sealed class TrainedModel : IDisposable
{
    private static readonly string[] GermanWords = ["rot", "blau", "hund", "katze", "haus"];
    private static readonly string[] EnglishWords = ["red", "blue", "dog", "cat", "house"];

    private readonly TemporaryFolder folder = new();

    public TrainedModel()
    {
        var random = new Random(1);
        int[][] sentences = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(GermanWords.Length)).ToArray())];
        Source = folder.File("source", Text(sentences, GermanWords));
        Target = folder.File("target", Text(sentences, EnglishWords));
        Config = folder.File("config.yaml", $$"""
            data:
              train: { source: {{Source}}, target: {{Target}} }
            tokenizer: { kind: words, vocabSize: 300 }
            model: { preset: tiny, dModel: 32, numHeads: 2, dFeedForward: 64, numEncoderLayers: 1, numDecoderLayers: 1, dropout: 0 }
            training: { maxSteps: 60, batchTokens: 256, learningRate: 5.0e-3, warmupSteps: 10, threads: 1, logEvery: 20, keepBest: 1, averageBest: 1 }
            """);
        Run = folder.File("run");
        Training = CommandLine.Run("train", Config, "--out", Run, "--set", "training.seed=7").Succeeds();
        Translator = Translator.Load(Model);
    }

    /// <summary>What the training printed.</summary>
    internal CommandResult Training { get; }

    /// <summary>The model, to compare with.</summary>
    internal Translator Translator { get; }

    public string Source { get; }

    public string Target { get; }

    public string Config { get; }

    /// <summary>The run's folder.</summary>
    public string Run { get; }

    /// <summary>The model's folder.</summary>
    public string Model => Path.Combine(Run, "model");

    /// <summary>Copies the model into another folder.</summary>
    public string CopyTo(string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(Model))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    public void Dispose() => folder.Dispose();

    private static string Text(int[][] sentences, string[] words) => string.Concat(sentences.Select(sentence => string.Join(' ', sentence.Select(i => words[i])) + "\n"));
}
