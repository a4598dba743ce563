using Heed.Models.Seq2Seq;
using Heed.Testing;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Translating;

namespace Heed.Training.Tests.Translating;

public sealed class TranslationValidatorTests
{
    private static readonly SentencePair[] Pairs = [.. Enumerable.Range(0, 8).Select(i => new SentencePair($"source {i} of some words", $"target {i} of some words"))];

    private readonly EncodedCorpus corpus = SmallRun.Corpus(8, seed: 4);
    private readonly SmallRun run = new(new TrainingSection { LabelSmoothing = 0.1f }, SmallRun.Corpus(8, seed: 4));

    private TranslationValidator Create(int maxTokens, int translations, Func<IReadOnlyList<string>, IReadOnlyList<string>>? translate = null) =>
        new(run.Model, translate ?? (sources => sources), Pairs, corpus, new BatchOptions { MaxTokens = maxTokens }, translations);

    [Fact]
    public void The_loss_is_the_mean_over_all_target_tokens_without_smoothing_or_dropout()
    {
        TokenBatch all = corpus.Batch([.. Enumerable.Range(0, corpus.Count)], new BatchOptions());
        double expected = -run.Model.LogProbabilities(all).Average(value => (double)value);
        foreach (int maxTokens in new[] { 30, 60, 1000 })
        {
            ValidationResult result = Create(maxTokens, translations: 0).Run();
            Assert.Equal(expected, result.Loss, 1e-6);
            Assert.Equal([KeyValuePair.Create("perplexity", Math.Exp(result.Loss))], result.Scores);
        }
    }

    [Fact]
    public void Only_the_first_pairs_are_translated_and_compared()
    {
        var asked = new List<string>();
        ValidationResult result = Create(100, translations: 6, sources =>
        {
            asked.AddRange(sources);
            return [.. sources.Select(source => source.Replace("source", "target", StringComparison.Ordinal))];
        }).Run();

        Assert.Equal(Pairs[..6].Select(pair => pair.Source), asked);
        Assert.Equal((100.0, 100.0), (Math.Round(result.Scores["BLEU"], 9), Math.Round(result.Scores["chrF"], 9)));
        Assert.Equal(Pairs[..5].Select(pair => $"source     {pair.Source}\nreference  {pair.Target}\nhypothesis {pair.Target}"), result.Samples);
    }

    [Fact]
    public void A_pair_too_long_for_a_batch_is_noticed_at_once() => Assert.Throws<ArgumentException>(() => Create(3, 0));
}
