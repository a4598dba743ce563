using Heed.Models;
using Heed.Models.Causal;
using Heed.Models.Generation;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>The run of a language model: it learns to continue text, and is scored by how well it foretells the next token.</summary>
public sealed class LanguageModelRun : TextRun
{
    private readonly LanguageModelScorer scorer;

    private LanguageModelRun(LanguageModelRunConfig config, TextRunParts parts)
        : base(config, parts, config.Data.Context)
    {
        Config = config;
        Model = parts.ModelAs<CausalLanguageModel>(config, "models that continue text: GPT-2, LLaMA, Mistral and Qwen2");
        TextTokenizers.Guard(Tokenizer, Model.VocabSize, Model.MaxLength, config.Data.Context);
        scorer = new LanguageModelScorer(Model, Tokenizer, Windows);
        TrainOnWindows(new LanguageModelObjective(Model, config.Training.LabelSmoothing), new NextTokenWindows(), Validate);
    }

    /// <inheritdoc/>
    public override LanguageModelRunConfig Config { get; }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model { get; }

    /// <inheritdoc/>
    public override long TokensPerEpoch => Data.Train.Count - 1; // the first is foretold from nothing

    private protected override ModelUse Use => ModelUse.TextGeneration;

    internal static LanguageModelRun Open(LanguageModelRunConfig config, RunSetup setup) =>
        new(config, TextRunParts.Open(config, setup, leastTokens: 2, config.Generation.ToFile));

    private protected override PerplexityScore Score(TokensInMemory text) => scorer.Score(text);

    private ValidationResult Validate(TokensInMemory text)
    {
        PerplexityScore score = scorer.Score(text);
        var scores = new OrderedDictionary<string, double> { ["perplexity"] = score.Value, ["bits/byte"] = score.BitsPerByte!.Value, ["bits/character"] = score.BitsPerCharacter!.Value };
        return new ValidationResult(score.Loss, scores, Samples());
    }

    private string[] Samples()
    {
        IReadOnlyList<string> prompts = Config.Generation.Prompts;
        var generator = new TextGenerator(Model, Tokenizer, Tokenizer.Special.EosId);
        return [.. generator.Generate(prompts, Config.Generation.Options(Config.Training.Seed, Tokenizer.Special.EosId)).Select((result, i) => prompts[i] + result.Text)];
    }
}
