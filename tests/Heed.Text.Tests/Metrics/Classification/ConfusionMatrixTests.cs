using Heed.Text.Metrics.Classification;
using Heed.Text.Metrics.Significance;

namespace Heed.Text.Tests.Metrics.Classification;

/// <summary>Accuracy, macro-F1 and the confusion matrix, counted by hand and against each other.</summary>
public sealed class ConfusionMatrixTests
{
    private static readonly string[] Labels = ["ham", "spam", "eggs"];
    private static readonly string[] Actual = ["ham", "ham", "ham", "ham", "spam", "spam"];
    private static readonly string[] Predicted = ["ham", "ham", "ham", "spam", "spam", "ham"];

    [Fact]
    public void Classes_are_counted()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Count(Labels, Actual, Predicted);
        Assert.Equal(3, matrix[0, 0]);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(1, matrix[1, 0]);
        Assert.Equal(
            [new ClassScore("ham", 0.75, 0.75, 0.75, 4), new ClassScore("spam", 0.5, 0.5, 0.5, 2), new ClassScore("eggs", 0, 0, 0, 0)],
            matrix.Classes());
    }

    [Fact]
    public void The_table_shows_scores_and_counts()
    {
        string expected = """
            class   precision   recall     F1   texts
            ham          75.0     75.0   75.0       4
            spam         50.0     50.0   50.0       2

            true \ predicted   ham   spam
            ham                  3      1
            spam                 1      1

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), ConfusionMatrix.Count(Labels[..2], Actual, Predicted).ToString());
    }

    [Fact]
    public void Accuracy_and_macro_f1_have_values_intervals_and_signatures()
    {
        AccuracyScore accuracy = new AccuracyMetric().Corpus(Predicted, [Actual], new BootstrapResampling());
        Assert.Equal(100 * 4 / 6.0, accuracy.Value, 1e-9);
        Assert.StartsWith("accuracy = 66.67 (μ = ", accuracy.Format(), StringComparison.Ordinal);
        Assert.EndsWith(" (4 of 6)", accuracy.Format(), StringComparison.Ordinal);
        Assert.StartsWith("nrefs:1|bs:1000|seed:12345|case:mixed|version:heed-", accuracy.Signature, StringComparison.Ordinal);
        Assert.Equal(62.5, new MacroF1Metric(Labels).Corpus(Predicted, [Actual]).Value, 1e-9); // eggs occur nowhere and do not count
    }

    [Fact]
    public void Metrics_and_matrix_agree_on_random_labels()
    {
        int seed = new Random().Next();
        var random = new Random(seed);
        for (int round = 0; round < 50; round++)
        {
            int count = random.Next(1, 200);
            string[] actual = [.. Enumerable.Range(0, count).Select(_ => Labels[random.Next(3)])];
            string[] predicted = [.. actual.Select(label => random.Next(3) == 0 ? Labels[random.Next(3)] : label)];
            ConfusionMatrix matrix = ConfusionMatrix.Count(Labels, actual, predicted);
            double right = Enumerable.Range(0, 3).Sum(i => (double)matrix[i, i]);
            Assert.True(Math.Abs((100 * right / count) - new AccuracyMetric().Corpus(predicted, [actual]).Value) < 1e-9, $"seed {seed}");
            double macro = matrix.Classes().Where(score => score.Texts > 0 || predicted.Contains(score.Label)).Average(score => score.F1);
            Assert.True(Math.Abs((100 * macro) - new MacroF1Metric(Labels).Corpus(predicted, [actual]).Value) < 1e-9, $"seed {seed}");
        }
    }

    [Fact]
    public void Labels_that_are_not_classes_are_named()
    {
        Assert.Contains("text 2 has the class \"beans\"", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Count(Labels, ["ham", "beans"], ["ham", "ham"])).Message, StringComparison.Ordinal);
        Assert.Contains("\"beans\" is not one of the classes, which are ham, spam, eggs", Assert.Throws<ArgumentException>(() => new MacroF1Metric(Labels).Corpus(["beans"], [["ham"]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Count(Labels, ["ham"], []));
    }
}
