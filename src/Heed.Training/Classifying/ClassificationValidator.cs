using System.Globalization;
using Heed.Models.Classification;
using Heed.Text.Metrics.Classification;
using Heed.Training.Data.Labelled;

namespace Heed.Training.Classifying;

/// <summary>Scores a classifier on labelled texts: loss, accuracy, macro-F1, and some texts that it got wrong.</summary>
/// <param name="classifier">The classifier in training.</param>
/// <param name="texts">The texts; one at least.</param>
public sealed class ClassificationValidator(TextClassifier classifier, IReadOnlyList<LabelledText> texts)
{
    private const int SampleCount = 5;

    /// <summary>Scores the model as it is now.</summary>
    public ValidationResult Run()
    {
        ClassifiedText[] results = [.. classifier.Classify(texts.Select(text => text.Text))];
        string[] predicted = [.. results.Select(result => result.Label)], actual = [.. texts.Select(text => text.Label)];
        double loss = results.Zip(actual, (result, label) => -Math.Log(Math.Max(double.Epsilon, result.Classes.First(found => found.Label == label).Probability))).Sum() / Math.Max(1, texts.Count);
        return new ValidationResult(
            loss,
            new OrderedDictionary<string, double> { ["accuracy"] = new AccuracyMetric().Corpus(predicted, [actual]).Value, ["macro-F1"] = new MacroF1Metric(classifier.Labels).Corpus(predicted, [actual]).Value },
            [.. results.Zip(texts).Where(pair => pair.First.Label != pair.Second.Label).Take(SampleCount).Select(pair => Sample(pair.First, pair.Second))]);
    }

    private static string Sample(ClassifiedText result, LabelledText text) =>
        string.Create(CultureInfo.InvariantCulture, $"text       {text.Text}\nlabel      {text.Label}\npredicted  {result.Label} ({result.Probability:F3})");
}
