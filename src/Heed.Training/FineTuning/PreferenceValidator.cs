using System.Globalization;
using Heed.Models.Prompts;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Text.Tokenizers;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Scores a model on validation preferences: the loss, and how often and by how much it has come to prefer the preferred answer.</summary>
/// <param name="objective">The model and its loss.</param>
/// <param name="corpus">The preferences.</param>
/// <param name="batching">How many are read at once.</param>
/// <param name="tokenizer">Shows the first ones.</param>
/// <exception cref="ArgumentException">A preference alone is more than a batch holds.</exception>
internal sealed class PreferenceValidator(PreferenceObjective objective, PreferenceCorpus corpus, BatchOptions batching, Tokenizer tokenizer)
{
    private const int SampleCount = 5;

    private readonly IEnumerable<PreferenceBatch> batches = corpus.InOrder(batching); // here, so that one too long for a batch is noticed before training

    public ValidationResult Run()
    {
        double loss = 0;
        var margins = new List<float>(corpus.Count);
        foreach (PreferenceBatch batch in batches)
        {
            using TensorScope scope = TensorScope.Begin();
            Tensor found = objective.Margins(batch); // one pass through the model for both
            loss += (double)objective.Loss(found).Item() * batch.Pairs;
            margins.AddRange(found.Values);
        }

        var scores = new OrderedDictionary<string, double>
        {
            ["accuracy"] = (double)margins.Count(margin => margin > 0) / corpus.Count,
            ["margin"] = margins.Average(margin => (double)margin),
        };
        return new ValidationResult(loss / corpus.Count, scores, [.. margins.Take(SampleCount).Select((margin, i) => Describe(corpus[i], margin))]);
    }

    private string Describe((LabelledSequence Chosen, LabelledSequence Rejected) pair, float margin)
    {
        int start = pair.Chosen.Answers[^1].Start;
        string Text(ReadOnlySpan<int> ids) => tokenizer.Decode(ids);
        return string.Create(CultureInfo.InvariantCulture, $"prompt    {Text(pair.Chosen.Ids.AsSpan(0, start))}\nchosen    {Text(pair.Chosen.Ids.AsSpan(start))}\nrejected  {Text(pair.Rejected.Ids.AsSpan(pair.Rejected.Answers[^1].Start))}\nmargin    {margin:F4}");
    }
}
