using Heed.Models.Seq2Seq;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Training.Data;

namespace Heed.Training.Translating;

/// <summary>Scores a model on validation pairs: loss on all of them, BLEU and chrF on greedy translations of the first ones.</summary>
/// <param name="model">The model in training.</param>
/// <param name="translate">Translates sentences with the same model, greedily.</param>
/// <param name="pairs">The pairs as text.</param>
/// <param name="corpus">The pairs as tokens.</param>
/// <param name="batching">How the pairs are batched for the loss.</param>
/// <param name="translations">How many pairs to translate; 0 for none.</param>
/// <exception cref="ArgumentException">A pair alone is more than a batch holds.</exception>
public sealed class TranslationValidator(Seq2SeqModel model, Func<IReadOnlyList<string>, IReadOnlyList<string>> translate, IReadOnlyList<SentencePair> pairs, EncodedCorpus corpus, BatchOptions batching, int translations)
{
    private const int SampleCount = 5;

    private readonly IEnumerable<TokenBatch> batches = corpus.InOrder(batching); // here, so that a pair too long for a batch is noticed before training

    /// <summary>Scores the model as it is now.</summary>
    public ValidationResult Run()
    {
        double loss = HeldOutLoss.Of(new Seq2SeqObjective(model, labelSmoothing: 0), batches).Mean;
        var scores = new OrderedDictionary<string, double> { ["perplexity"] = Math.Exp(loss) };
        if (translations == 0)
        {
            return new ValidationResult(loss, scores, []);
        }

        SentencePair[] translated = [.. pairs.Take(translations)];
        IReadOnlyList<string> hypotheses = translate([.. translated.Select(pair => pair.Source)]);
        IReadOnlyList<IReadOnlyList<string?>> references = [[.. translated.Select(pair => pair.Target)]];
        scores.Add("BLEU", new BleuMetric().Corpus(hypotheses, references).Value);
        scores.Add("chrF", new ChrFMetric().Corpus(hypotheses, references).Value);
        return new ValidationResult(loss, scores, [.. translated.Take(SampleCount).Select((pair, i) => $"source     {pair.Source}\nreference  {pair.Target}\nhypothesis {hypotheses[i]}")]);
    }
}
