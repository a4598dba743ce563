using Heed.Models;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;
using Heed.Text.Tokenizers;
using Heed.Training.Data;

namespace Heed.Training.Compare.Studies;

/// <summary>BLEU against sentence length: trained on short joins of sentences, measured on longer ones.</summary>
/// <remarks>The figure that motivated attention: Cho et al. 2014, "On the properties of neural machine translation", figure 4; Bahdanau et al. 2015, figure 2.</remarks>
internal sealed class LongTranslationStudy
{
    private readonly CompareSettings settings;
    private readonly Tokenizer tokenizer;
    private readonly EncodedCorpus corpus;
    private readonly IReadOnlyList<SentencePair[]> tests;
    private readonly int maxLength;

    /// <summary>Prepares data that all architectures share.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="training">Pairs to learn from.</param>
    /// <param name="heldOut">Pairs to measure on; none of them is among <paramref name="training"/>.</param>
    public LongTranslationStudy(CompareSettings settings, IReadOnlyList<SentencePair> training, IReadOnlyList<SentencePair> heldOut)
    {
        this.settings = settings;
        LongTranslationSettings sizes = settings.Translation;
        var random = new SeededRandom(settings.Seed);
        SentencePair[] joined = [.. training.Select((pair, i) => Join(Enumerable.Range(0, i % sizes.LongestTrainedJoin).Select(_ => training[random.Next(training.Count)]).Prepend(pair)))];
        tests = [.. sizes.Joins.Select(join => Enumerable.Range(0, sizes.TestPairs).Select(_ => Join(Enumerable.Range(0, join).Select(_ => heldOut[random.Next(heldOut.Count)]))).ToArray())];
        tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Bpe, VocabSize = sizes.VocabSize }, training.SelectMany(pair => new[] { pair.Source, pair.Target }));
        corpus = EncodedCorpus.From(joined.Select(pair => new EncodedPair(tokenizer.Encode(pair.Source), tokenizer.Encode(pair.Target))));
        int longest = joined.Concat(tests.SelectMany(test => test)).Max(pair => Math.Max(tokenizer.Encode(pair.Source).Length, tokenizer.Encode(pair.Target).Length));
        maxLength = (int)(1.5 * longest) + 10;
    }

    public IReadOnlyList<Measurement> Run(Architecture architecture, IProgress<double> progress, CancellationToken cancellation)
    {
        LongTranslationSettings sizes = settings.Translation;
        Seq2SeqModel model = architecture.ForBudget(sizes.Parameters, tokenizer.VocabSize, maxLength).CreateModel(new SeededRandom(settings.Seed));
        var batches = new BatchSampler<TokenBatch>(corpus, new BatchOptions { MaxTokens = sizes.BatchTokens, Seed = settings.Seed, BosId = model.BosId, EosId = model.EosId });
        StudyTraining.Run(model, batches, sizes.Steps, sizes.LearningRate, settings.Seed, progress, cancellation);
        var translator = new Translator(new LoadedModel(architecture.Name, model, tokenizer, new DecodingOptions { BeamSize = 1, MaxLengthFactor = 1.5, MaxLengthOffset = 10 }));
        var found = new List<Measurement> { new("long-translation-parameters", architecture.Label, 0, model.ParameterCount) };
        foreach (SentencePair[] test in tests)
        {
            string[] hypotheses = [.. translator.Translate(test.Select(pair => pair.Source), cancellation: cancellation).Select(translation => translation.Text)];
            BleuScore score = new BleuMetric().Corpus(hypotheses, [[.. test.Select(pair => pair.Target)]], new BootstrapResampling());
            double words = test.Average(pair => pair.Source.Split(' ').Length);
            found.Add(new Measurement("long-translation", architecture.Label, Math.Round(words, 1), score.Value, Low(score), High(score), score.Signature));
        }

        return found;
    }

    internal static double? Low(Text.Metrics.MetricScore score) => score.Interval is { } interval ? interval.Mean - interval.HalfWidth : null;

    internal static double? High(Text.Metrics.MetricScore score) => score.Interval is { } interval ? interval.Mean + interval.HalfWidth : null;

    private static SentencePair Join(IEnumerable<SentencePair> pairs)
    {
        SentencePair[] all = [.. pairs];
        return new SentencePair(string.Join(' ', all.Select(pair => pair.Source)), string.Join(' ', all.Select(pair => pair.Target)));
    }
}
