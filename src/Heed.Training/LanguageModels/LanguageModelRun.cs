using Heed.Models;
using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Text.Metrics;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>The run of a language model: it learns to continue text, and is scored by how well it foretells the next token.</summary>
public sealed class LanguageModelRun : TrainingRun
{
    private readonly PretrainedModel pretrained;
    private readonly TextData data;
    private readonly WindowOptions windows;

    private LanguageModelRun(LanguageModelRunConfig config, RunSetup setup, Tokenizer tokenizer, TextData data, PretrainedModel pretrained, CausalLanguageModel model)
        : base(config, setup, tokenizer, model)
    {
        Config = config;
        this.pretrained = pretrained;
        this.data = data;
        Model = model;
        windows = new WindowOptions(config.Data.Context, TextRunConfig.SequencesPerBatch(config.Training, config.Data.Context), config.Training.Seed);
        var batcher = new NextTokenWindows();
        TrainOn(
            new LanguageModelObjective(model, config.Training.LabelSmoothing),
            config.Data.Windows == WindowKind.Random ? new RandomWindows<TextBatch>((TokensInMemory)data.Train, batcher, windows) : new PackedWindows<TextBatch>(data.Train, batcher, windows),
            CreateValidation());
    }

    /// <inheritdoc/>
    public override LanguageModelRunConfig Config { get; }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model { get; }

    /// <inheritdoc/>
    public override string DataDescription => $"{data.Train.Count} tokens of {data.Description} in windows of {windows.Length}{(data.Validation is { } held ? $", {held.Count} to validate on" : string.Empty)}";

    /// <inheritdoc/>
    public override long TokensPerEpoch => data.Train.Count - 1; // the first is foretold from nothing

    /// <inheritdoc/>
    public override ulong DataFingerprint => data.Train.Fingerprint;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Preflight() => TextPlan.Check(Config.Training, TokensPerEpoch, windows, Model.ParameterCount);

    internal static LanguageModelRun Open(LanguageModelRunConfig config, RunSetup setup)
    {
        Tokenizer tokenizer = TextTokenizers.Open(config.Data, config.Tokenizer, config.Model, LanguageModelRunConfig.SpecialTokens, setup);
        int endId = tokenizer.Special.EosId;
        if (endId == SpecialTokens.None)
        {
            throw new ConfigException("the tokenizer has no token that ends a text, which has to stand between documents; take one that has, or leave tokenizer.from out to train one");
        }

        TextData data = TextData.Load(config.Data, tokenizer, setup, leastTokens: 2);
        PretrainedModel pretrained = config.Model.Create(LanguageModelRunConfig.Families, new NewModelTokens(tokenizer.VocabSize, endId, PadId: null), config.Data.Context, config.Training.Seed, config.Generation.ToFile(endId));
        if (pretrained.Model is not CausalLanguageModel model)
        {
            throw new ConfigException($"model.from: {config.Model.From} holds a model of the family {pretrained.Architecture}, which does not continue text; this task trains GPT-2, LLaMA, Mistral and Qwen2");
        }

        TextTokenizers.Guard(tokenizer, model.VocabSize, model.MaxLength, config.Data.Context);
        return new LanguageModelRun(config, setup, tokenizer, data, pretrained, model);
    }

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        IReadOnlyList<MetricScore> scores = [];
        if ((data.Test ?? data.Validation) is { } text)
        {
            status?.Report($"scoring {text.Count} tokens");
            (double loss, OrderedDictionary<string, double> found) = new LanguageModelScorer(Model, Tokenizer, text, windows).Run();
            scores = [new PerplexityScore(found["perplexity"], loss, found["bits/byte"], found["bits/character"]) { Signature = $"text:{(data.Test is null ? "validation" : "test")}|tokens:{text.Count - 1}|context:{windows.Length}" }];
        }

        pretrained.Save(Directory.ModelPath);
        Tokenizer.Save(Directory.ModelPath);
        return scores;
    }

    private Func<ValidationResult>? CreateValidation()
    {
        if (data.Validation is not { } text)
        {
            return null;
        }

        var scorer = new LanguageModelScorer(Model, Tokenizer, text, windows);
        var generator = new TextGenerator(Model, Tokenizer, Tokenizer.Special.EosId);
        return () =>
        {
            (double loss, OrderedDictionary<string, double> scores) = scorer.Run();
            GenerationOptions options = Config.Generation.Options(Config.Training.Seed, Tokenizer.Special.EosId);
            return new ValidationResult(loss, scores, [.. generator.Generate(Config.Generation.Prompts, options).Select((result, i) => Config.Generation.Prompts[i] + result.Text)]);
        };
    }
}
