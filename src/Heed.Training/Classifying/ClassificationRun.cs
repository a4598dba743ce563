using Heed.Models;
using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Classification;
using Heed.Text.Metrics.Significance;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Labelled;
using Heed.Training.Data.Preflight;
using Heed.Training.Data.Texts;

namespace Heed.Training.Classifying;

/// <summary>The run of a classifier: it learns from labelled texts, and is scored by how often it is right.</summary>
public sealed class ClassificationRun : TrainingRun
{
    private readonly PretrainedModel pretrained;
    private readonly LabelledParts parts;
    private readonly LabelledCorpus corpus;

    private ClassificationRun(ClassificationRunConfig config, RunSetup setup, Tokenizer tokenizer, LabelledParts parts, PretrainedModel pretrained)
        : base(config, setup, tokenizer, pretrained.Model)
    {
        Config = config;
        this.pretrained = pretrained;
        this.parts = parts;
        var model = (ISequenceClassifier)pretrained.Model;
        Classifier = new TextClassifier(model, tokenizer, parts.Labels.Names, config.Data.MaxTokens);
        setup.Status?.Report("encoding the training texts");
        corpus = LabelledCorpus.Encode(parts.Train.Texts, parts.Train.Path, parts.Labels, Classifier.Encoder, setup.Cancellation);
        float[]? weights = config.Classifier.ClassWeights == ClassWeights.Balanced ? ClassificationObjective.Balanced(parts.Train.Counts(parts.Labels)) : null;
        TrainOn(
            new ClassificationObjective(model, config.Training.LabelSmoothing, weights),
            new BatchSampler<ClassificationBatch>(corpus, config.Training.Batching()),
            parts.Validation.Texts.Count > 0 ? new ClassificationValidator(Classifier, parts.Validation.Texts).Run : null);
    }

    /// <inheritdoc/>
    public override ClassificationRunConfig Config { get; }

    /// <summary>Classifies with the model as it is now.</summary>
    public TextClassifier Classifier { get; }

    /// <inheritdoc/>
    public override string DataDescription => $"{corpus.Count} texts, {corpus.TokenCount} tokens; classes {string.Join(", ", parts.Labels.Names.Take(20))}";

    /// <inheritdoc/>
    public override long TokensPerEpoch => corpus.TokenCount;

    /// <inheritdoc/>
    public override ulong DataFingerprint => corpus.Fingerprint;

    internal static ClassificationRun Open(ClassificationRunConfig config, RunSetup setup)
    {
        LabelledParts parts = LabelledParts.Read(config.Data);
        Tokenizer tokenizer = TextTokenizers.Open(() => parts.Train.Texts.Select(text => text.Text), config.Tokenizer, config.Model, ClassificationRunConfig.SpecialTokens, setup);
        int endId = tokenizer.Special.EosId == SpecialTokens.None ? 0 : tokenizer.Special.EosId;
        ulong seed = config.Training.Seed;
        PretrainedModel body = config.Model.Create(ClassificationRunConfig.Families, new NewModelTokens(tokenizer.VocabSize, endId, PadId: endId), config.Data.MaxTokens, seed);
        PretrainedModel pretrained = body.ToClassifier(parts.Labels.Names, new SeededRandom(seed), config.Classifier.Pooling);
        var model = (ISequenceClassifier)pretrained.Model;
        TextTokenizers.Guard(tokenizer, model.VocabSize, model.MaxLength, config.Data.MaxTokens, "data.maxTokens");
        Freeze(model, config.Classifier.TrainLayers);
        if (setup.IsNew && config.Data.Texts is not null)
        {
            parts.Save(setup.Directory.SplitPath);
        }

        return new ClassificationRun(config, setup, tokenizer, parts, pretrained);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Preflight() => ClassificationChecks.Run(parts, corpus, Config.Training);

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        IReadOnlyList<MetricScore> scores = [];
        if (parts.Test.Texts.Count > 0)
        {
            status?.Report($"classifying {parts.Test.Texts.Count} test texts");
            scores = ScoreTest(status);
        }

        pretrained.SaveWith(Directory.ModelPath, Tokenizer, ModelUse.Classification, new ModelCard
        {
            Name = Path.GetFileName(Path.GetFullPath(Directory.Path)),
            Description = $"Says which class a text belongs to: {string.Join(", ", parts.Labels.Names.Take(20))}.",
            Data = [new ModelCardData(Path.GetFileName(parts.Train.Path), parts.Train.Texts.Count)],
            Training = training,
            Scores = [.. scores.Select(score => new ModelCardScore(Path.GetFileName(parts.Test.Path), score, string.Empty))],
        });
        return scores;
    }

    private MetricScore[] ScoreTest(IProgress<string>? status)
    {
        string[] actual = [.. parts.Test.Texts.Select(text => text.Label)];
        string[] predicted = [.. Classifier.Classify(parts.Test.Texts.Select(text => text.Text)).Select(result => result.Label)];
        status?.Report(ConfusionMatrix.Count(parts.Labels.Names, actual, predicted).ToString());
        return [.. ((CorpusMetric[])[new AccuracyMetric(), new MacroF1Metric(parts.Labels.Names)]).Select(metric => metric.Corpus(predicted, [actual], new BootstrapResampling()))];
    }

    // Frozen parameters get no gradient, so nothing is computed for the layers below them.
    private static void Freeze(ISequenceClassifier model, int? trainLayers)
    {
        if (trainLayers > model.NumLayers)
        {
            throw new ConfigException($"classifier.trainLayers is {trainLayers}, but the model has {model.NumLayers} layers; leave the key out to train everything");
        }

        HashSet<Tensor> trained = new(ClassifierParameters.From(model, trainLayers).Select(parameter => parameter.Tensor), ReferenceEqualityComparer.Instance);
        foreach (NamedParameter parameter in ((Module)model).NamedParameters().Where(parameter => !trained.Contains(parameter.Tensor)))
        {
            parameter.Tensor.Freeze();
        }
    }
}
