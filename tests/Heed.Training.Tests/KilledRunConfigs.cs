using Heed.Testing;
using Heed.Training.Tests.FineTuning;

namespace Heed.Training.Tests;

/// <summary>A small run of each task, for the promise that nothing is lost: several epochs, a checkpoint every few steps, none of which divides another.</summary>
internal static class KilledRunConfigs
{
    public static TheoryData<string> Tasks => ["translation", "language-model", "masked-language-model", "span-corruption", "instruction", "preference"];

    /// <summary>Writes the configuration of a run and what it needs.</summary>
    public static string Write(string task, int steps, TemporaryFolder folder, Random random) => folder.File("config.yaml", task switch
    {
        "translation" => Translation(steps, folder, random),
        "language-model" or "masked-language-model" or "span-corruption" => RunningText(task, steps, folder, random),
        "instruction" => Instruction(steps, folder, random),
        "preference" => Preference(steps, folder, random),
        _ => throw new ArgumentException($"no run of the task {task} is known", nameof(task)),
    });

    private static string Translation(int steps, TemporaryFolder folder, Random random)
    {
        string[] lines = Lines(random);
        folder.File("source", string.Concat(lines.Select(line => line + "\n")));
        folder.File("target", string.Concat(lines.Select(line => new string([.. line.Reverse()]) + "\n")));
        return $"""
            data:
              train: {"{"} source: {folder.File("source")}, target: {folder.File("target")} {"}"}
              validation: {"{"} source: {folder.File("source")}, target: {folder.File("target")} {"}"}
            tokenizer: {"{"} kind: words, vocabSize: 300, minCount: 1 {"}"}
            model: {"{"} preset: tiny, dModel: 16, numHeads: 2, dFeedForward: 32, numEncoderLayers: 1, numDecoderLayers: 1, dropout: 0.2, attentionDropout: 0.1, activationDropout: 0.1 {"}"}
            training: {"{"} batchTokens: 60, accumulateBatches: 2, maxSteps: {steps}, warmupSteps: 50, logEvery: 1, validateEvery: 7, patience: 0, validationTranslations: 2, keepBest: 3, averageBest: 3 {"}"}
            """;
    }

    private static string RunningText(string task, int steps, TemporaryFolder folder, Random random)
    {
        string text = folder.File("text", string.Concat(Lines(random).Select(line => line + "\n")));
        return $"""
            task: {task}
            data: {"{"} train: {"{"} files: [{text}], documents: line {"}"}, validationShare: 0.1, context: 12 {"}"}
            tokenizer: {"{"} vocabSize: 380 {"}"}
            model: {"{"} numLayers: 1, numHeads: 2, dModel: 16, dropout: 0.2 {"}"}
            training: {"{"} batchSequences: 3, accumulateBatches: 2, maxSteps: {steps}, warmupSteps: 50, logEvery: 1, validateEvery: 7, patience: 0, keepBest: 3, averageBest: 3 {"}"}
            """;
    }

    private static string[] Lines(Random random)
    {
        string[] words = ["red", "green", "blue", "one", "two", "three", "cat", "dog", "bird", "runs", "sleeps", "eats"];
        return [.. Enumerable.Range(0, 120).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)])))];
    }

    // An adapter, with every dropout there is.
    private static string Instruction(int steps, TemporaryFolder folder, Random random) => $"""
        task: instruction
        data: {"{"} train: {SmallChat.WriteInstructions(folder, random)}, validation: {SmallChat.WriteInstructions(folder, random, "validation.jsonl")} {"}"}
        model: {"{"} from: {SmallChat.WriteModel(folder, dropout: 0.1f, dModel: 16)} {"}"}
        adapter: {"{"} rank: 2, dropout: 0.2 {"}"}
        answers: {"{"} count: 2, maxTokens: 4 {"}"}
        training: {"{"} batchTokens: 100, accumulateBatches: 2, maxSteps: {steps}, logEvery: 1, validateEvery: 7, patience: 0, keepBest: 3, averageBest: 3 {"}"}
        """;

    // The whole model, compared with what it was before the first step, even after a resume.
    private static string Preference(int steps, TemporaryFolder folder, Random random) => $"""
        task: preference
        data: {"{"} train: {SmallChat.WritePreferences(folder, random)}, validation: {SmallChat.WritePreferences(folder, random, "validation.jsonl")} {"}"}
        model: {"{"} from: {SmallChat.WriteModel(folder, dModel: 16)} {"}"}
        training: {"{"} batchTokens: 200, accumulateBatches: 2, maxSteps: {steps}, logEvery: 1, validateEvery: 7, patience: 0, keepBest: 3, averageBest: 3 {"}"}
        """;
}
