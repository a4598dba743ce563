using Heed.Models;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Models.Summarizing;
using Heed.Tensors.Random;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Significance;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Documents;
using Heed.Training.Data.Preflight;
using Heed.Training.Translating;

namespace Heed.Training.Summarizing;

/// <summary>The run of a summariser: an encoder-decoder learns from documents and summaries, and is scored by ROUGE beside the first sentence of each document.</summary>
public sealed class SummarizationRun : TrainingRun
{
    private readonly SummaryCorpus corpus;
    private readonly PretrainedModel? pretrained;

    private SummarizationRun(SummarizationRunConfig config, RunSetup setup, LoadedModel loaded, PretrainedModel? pretrained, IReadOnlyList<DocumentText> documents)
        : base(config, setup, loaded.Tokenizer, loaded.Model)
    {
        Config = config;
        this.pretrained = pretrained;
        Summarizer = new Summarizer(new Translator(loaded));
        setup.Status?.Report("encoding the documents");
        corpus = SummaryCorpus.Encode(documents, loaded.Model, loaded.Tokenizer, config.Data, Targets, setup.Cancellation);
        BatchOptions batching = config.Training.Batching() with { BosId = loaded.Model.BosId, EosId = loaded.Model.EosId };
        _ = BatchPlan.InOrder(corpus.Pairs, batching); // so that an example too long for a batch is noticed now
        TrainOn(new Seq2SeqObjective(loaded.Model, config.Training.LabelSmoothing), new BatchSampler<TokenBatch>(corpus.Pairs, batching), CreateValidation(batching, setup));
    }

    /// <inheritdoc/>
    public override SummarizationRunConfig Config { get; }

    /// <summary>Summarises with the model as it is now.</summary>
    public Summarizer Summarizer { get; }

    /// <inheritdoc/>
    public override string DataDescription => $"{corpus.Documents} documents, {corpus.Pairs.Count} summaries, {corpus.Pairs.TokenCount} tokens";

    /// <inheritdoc/>
    public override long TokensPerEpoch => corpus.Pairs.TokenCount + (2L * corpus.Pairs.Count);

    /// <inheritdoc/>
    public override ulong DataFingerprint
    {
        get
        {
            var fingerprint = new CorpusFingerprint();
            fingerprint.Add(corpus.Pairs);
            return fingerprint.Value;
        }
    }

    internal static SummarizationRun Open(SummarizationRunConfig config, RunSetup setup)
    {
        IReadOnlyList<DocumentText> documents = config.Data.Train.Read();
        string name = Path.GetFileName(setup.Directory.Path);
        if (config.From is { } from)
        {
            PretrainedModel? published = PretrainedModel.IsKnown(from) ? PretrainedModel.Load(from) : null;
            LoadedModel begun = published is null ? ModelFolder.Load(from) : LoadedModel.Of(published, Tokenizer.Load(from), name);
            return new SummarizationRun(config, setup, begun with { Name = name, Decoding = config.Decoding }, published, documents);
        }

        Tokenizer tokenizer = setup.TokenizerOf(() =>
        {
            setup.Status?.Report("training the tokenizer");
            return TokenizerTrainer.Train(config.Tokenizer, documents.SelectMany(document => document.Summaries.Prepend(document.Text)), cancellationToken: setup.Cancellation);
        });
        Seq2SeqModel model = config.Model.ToConfig(tokenizer.VocabSize).CreateModel(new SeededRandom(config.Training.Seed));
        return new SummarizationRun(config, setup, new LoadedModel(name, model, tokenizer, config.Decoding), pretrained: null, documents);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Preflight()
    {
        var findings = new List<Finding>();
        if (corpus.CutDocuments > 0)
        {
            findings.Add(new(FindingSeverity.Information, $"{corpus.CutDocuments} of {corpus.Documents} documents ({PlainWords.Share(corpus.CutDocuments, corpus.Documents)}) are longer than data.maxTokens {Config.Data.MaxTokens} and lose their end.", "Raise it if the end matters."));
        }

        if (corpus.LongSummaries > 0)
        {
            findings.Add(new(FindingSeverity.Information, $"{corpus.LongSummaries} summaries are longer than data.maxSummaryTokens {Config.Data.MaxSummaryTokens} and are left out."));
        }

        findings.Add(new(FindingSeverity.Information, new EpochLength(TokensPerEpoch, Config.Training).ToString()));
        return findings;
    }

    private protected override IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status)
    {
        IReadOnlyList<MetricScore> scores = Config.Data.Test is { } test ? ScoreTest(test.Read(), status) : [];
        var card = new ModelCard
        {
            Name = Path.GetFileName(Path.GetFullPath(Directory.Path)),
            Data = [new ModelCardData(Path.GetFileName(Config.Data.Train.Jsonl), corpus.Pairs.Count)],
            Training = training,
            Scores = [.. scores.Select(score => new ModelCardScore(Path.GetFileName(Config.Data.Test!.Jsonl), score, FormattableString.Invariant($"beam {Config.Decoding.BeamSize}, length penalty {Config.Decoding.LengthPenalty}")))],
        };
        if (pretrained is null)
        {
            ModelFolder.Save(Directory.ModelPath, Summarizer.Translator.Model, Tokenizer, Config.Decoding, card, ModelUse.Summarization);
        }
        else
        {
            pretrained.SaveWith(Directory.ModelPath, Tokenizer, ModelUse.Summarization, card);
        }

        return scores;
    }

    private IEnumerable<string> Targets(DocumentText document) =>
        Config.Data.LearnBestSentence ? document.Summaries.Append(BestSentence.Of(document)) : document.Summaries;

    private Func<ValidationResult>? CreateValidation(BatchOptions batching, RunSetup setup)
    {
        if (Config.Data.Validation is not { } section)
        {
            return null;
        }

        IReadOnlyList<DocumentText> documents = section.Read();
        SummaryCorpus encoded = SummaryCorpus.Encode(documents, Summarizer.Translator.Model, Tokenizer, Config.Data, document => document.Summaries.Take(1), setup.Cancellation);
        return new SummarizationValidator(Summarizer, documents, encoded.Pairs, batching, Config.Training.ValidationTranslations).Run;
    }

    private MetricScore[] ScoreTest(IReadOnlyList<DocumentText> documents, IProgress<string>? status)
    {
        var scores = new SummaryScores(documents);
        status?.Report($"summarising {documents.Count} test documents");
        string[] written = [.. Summarizer.Summarize(documents.Select(document => document.Sentences)).Select(summary => summary.Text)];
        string[] chosen = [.. Summarizer.With(Config.Decoding, extract: true).Summarize(documents.Select(document => document.Sentences)).Select(summary => summary.Text)];
        foreach ((string name, string[] summaries) in new[] { ("written", written), ("chosen", chosen) })
        {
            PairedComparison comparison = scores.AgainstLead(summaries);
            status?.Report(FormattableString.Invariant($"ROUGE-L of the {name} summaries is {comparison.System.Value:F2}, of the first sentences {comparison.Baseline.Value:F2}: difference {comparison.Difference:+0.00;-0.00} {comparison.FormatPValue()}"));
        }

        return [.. scores.Of(written, "written"), .. scores.Of(chosen, "chosen"), .. scores.Of(scores.Lead, "lead"), .. scores.Of(scores.Best, "best sentence")];
    }
}
