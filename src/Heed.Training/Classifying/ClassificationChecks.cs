using Heed.Training.Configuration;
using Heed.Training.Data.Labelled;
using Heed.Training.Data.Preflight;

namespace Heed.Training.Classifying;

/// <summary>What to know about labelled texts before a model learns from them.</summary>
internal static class ClassificationChecks
{
    private const double RareShare = 0.05;
    private const double NotableCut = 0.01;

    public static IReadOnlyList<Finding> Run(LabelledParts parts, LabelledCorpus corpus, TrainingSection training) =>
        [.. Findings(parts, corpus, training).OrderByDescending(finding => finding.Severity)];

    private static IEnumerable<Finding> Findings(LabelledParts parts, LabelledCorpus corpus, TrainingSection training)
    {
        foreach ((string name, LabelledPart part) in parts.All.Where(each => each.Part.Texts.Count > 0))
        {
            int[] counts = part.Counts(parts.Labels);
            int most = Array.IndexOf(counts, counts.Max());
            yield return new(FindingSeverity.Information,
                $"{part.Texts.Count} {name} texts: {string.Join(", ", counts.Select((count, i) => $"{count} {parts.Labels.Names[i]}").Take(20))}. Always answering \"{parts.Labels.Names[most]}\" is right for {PlainWords.Share(counts[most], part.Texts.Count)} of them.");
            string[] absent = [.. parts.Labels.Names.Where((_, i) => counts[i] == 0)];
            if (absent.Length > 0)
            {
                yield return new(FindingSeverity.Warning, $"No {name} text is of the class {string.Join(", ", absent)}.", "Its scores there say nothing about that class; move some texts of it there.");
            }
        }

        int[] trained = parts.Train.Counts(parts.Labels);
        foreach ((int i, int count) in trained.Index().Where(each => each.Item < RareShare * corpus.Count / parts.Labels.Count))
        {
            yield return new(FindingSeverity.Warning, $"Only {count} training text{(count == 1 ? " is" : "s are")} of the class {parts.Labels.Names[i]}.", "Collect more of it, or set classifier.classWeights: balanced.");
        }

        foreach (Finding finding in Leaks(parts).Concat(Lengths(corpus, training)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Leaks(LabelledParts parts)
    {
        var known = parts.Train.Texts.Select(text => text.Text).ToHashSet(StringComparer.Ordinal);
        foreach ((string name, LabelledPart part) in parts.All.Skip(1))
        {
            int count = part.Texts.Count(text => known.Contains(text.Text));
            if (count > 0)
            {
                yield return new(FindingSeverity.Information, $"{count} {name} texts ({PlainWords.Share(count, part.Texts.Count)}) stand among the training texts word for word.", "Scores are a little better for it than on new texts.");
            }
        }
    }

    private static IEnumerable<Finding> Lengths(LabelledCorpus corpus, TrainingSection training)
    {
        if (corpus.CutTexts > 0)
        {
            FindingSeverity severity = corpus.CutTexts > NotableCut * corpus.Count ? FindingSeverity.Warning : FindingSeverity.Information;
            yield return new(severity, $"{corpus.CutTexts} training texts ({PlainWords.Share(corpus.CutTexts, corpus.Count)}) are longer than data.maxTokens and lose their end.", "Raise data.maxTokens if the end matters.");
        }

        yield return new(FindingSeverity.Information, new EpochLength(corpus.TokenCount, training).ToString());
    }
}
