namespace Heed.Training.Data.Preflight;

/// <summary>Says before training, in plain words, what is wrong with the data or the plan and what training will take.</summary>
/// <remarks>The thresholds are rules of thumb; each finding gives the numbers it rests on.</remarks>
public static class PreflightCheck
{
    /// <summary>Checks a corpus against a plan.</summary>
    /// <param name="corpus">What a pass over the corpus showed.</param>
    /// <param name="plan">What is going to be trained.</param>
    /// <returns>The findings, the gravest first; within a gravity, data before plan.</returns>
    public static IReadOnlyList<Finding> Run(CorpusStatistics corpus, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(plan);
        if (corpus.KeptPairs == 0)
        {
            return [new(FindingSeverity.Error, $"No sentence pair is left to train on, of {corpus.Pairs}.", "Check the files and the length limits.")];
        }

        var findings = CorpusChecks.Run(corpus).Concat(VocabularyChecks.Run(corpus)).Concat(PlanChecks.Run(corpus, plan));
        return [.. findings.OrderByDescending(f => f.Severity)]; // stable
    }
}
