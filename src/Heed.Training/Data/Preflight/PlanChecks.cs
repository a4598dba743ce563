namespace Heed.Training.Data.Preflight;

/// <summary>Looks at the plan: batches, steps, learning rate, memory and time.</summary>
internal static class PlanChecks
{
    private const double HighRate = 4;
    private const double LowRate = 0.05;
    private const double ParametersPerToken = 50;

    public static IEnumerable<Finding> Run(CorpusStatistics corpus, TrainingPlan plan)
    {
        if (corpus.LongestPair > plan.BatchTokens)
        {
            yield return new(FindingSeverity.Error,
                $"The longest pair has {corpus.LongestPair} tokens, but a batch holds only {plan.BatchTokens}.",
                $"Raise the batch to {corpus.LongestPair} tokens or more, or lower the limit of tokens a sentence.");
        }

        foreach (Finding finding in Run(corpus.KeptTokens, corpus.TargetTokens.VocabSize, plan))
        {
            yield return finding;
        }
    }

    /// <summary>What can be said of any data.</summary>
    /// <param name="tokens">The tokens of an epoch.</param>
    /// <param name="vocabSize">The number of different ones.</param>
    /// <param name="plan">The plan.</param>
    public static IEnumerable<Finding> Run(long tokens, int vocabSize, TrainingPlan plan)
    {
        double stepsPerEpoch = Math.Max(1, Math.Ceiling((double)tokens / plan.StepTokens));
        yield return new(FindingSeverity.Information,
            $"An epoch is about {PlainWords.Count(stepsPerEpoch)} steps of {plan.StepTokens} tokens; {PlainWords.Count(plan.Steps)} steps are {PlainWords.Number(plan.Steps / stepsPerEpoch)} epochs.");

        if (WarmUp(plan.WarmupSteps, plan.Steps) is { } tooLong)
        {
            yield return tooLong;
        }

        foreach (var finding in CheckRate(plan).Concat(CheckSize(tokens, plan)).Concat(CheckMemory(tokens, vocabSize, plan)).Concat(CheckTime(plan)))
        {
            yield return finding;
        }
    }

    /// <summary>What is wrong with the length of the warm-up; null where nothing is.</summary>
    /// <param name="warmupSteps">The steps in which the learning rate rises, where they are known.</param>
    /// <param name="steps">All steps.</param>
    public static Finding? WarmUp(long? warmupSteps, long steps) => warmupSteps >= steps
        ? new(FindingSeverity.Warning,
            $"The learning rate rises for {warmupSteps} steps, but training ends after {steps}: it never reaches its peak.",
            "Shorten the warm-up to a tenth of the steps, or train longer.")
        : null;

    /// <summary>Compares the learning rate with the fit of Kaplan et al. 2020, "Scaling laws", appendix D.6, for Adam.</summary>
    private static IEnumerable<Finding> CheckRate(TrainingPlan plan)
    {
        if (plan is not { PeakLearningRate: { } rate, ParameterCount: { } parameters } || parameters < 1)
        {
            yield break;
        }

        double usual = Math.Max(1e-4, 0.003239 - (0.0001395 * Math.Log(parameters)));
        string sentence = $"The learning rate rises to {PlainWords.Number(rate)}; models of {PlainWords.Count(parameters)} parameters usually take about {PlainWords.Number(usual)}.";
        if (rate > HighRate * usual)
        {
            yield return new(FindingSeverity.Warning, sentence, "Training may diverge; lower the rate or warm up longer.");
        }
        else if (rate < LowRate * usual)
        {
            yield return new(FindingSeverity.Warning, sentence, "Training may be needlessly slow; raise the rate unless this is fine-tuning.");
        }
    }

    private static IEnumerable<Finding> CheckSize(long tokens, TrainingPlan plan)
    {
        if (plan.ParameterCount > ParametersPerToken * tokens)
        {
            yield return new(FindingSeverity.Warning,
                $"The model has {PlainWords.Count(plan.ParameterCount.Value)} parameters for {PlainWords.Count(tokens)} tokens: it will learn them by heart.",
                "Take a smaller model, more dropout or more data, and stop when the validation loss rises.");
        }
    }

    private static IEnumerable<Finding> CheckMemory(long tokens, int vocabSize, TrainingPlan plan)
    {
        if (MemoryEstimate.Bytes(plan, vocabSize, tokens) is not { } bytes)
        {
            yield break;
        }

        string sentence = $"Training takes about {PlainWords.Bytes(bytes)} of memory";
        yield return bytes > plan.AvailableMemory
            ? new(FindingSeverity.Error, $"{sentence}, but only {PlainWords.Bytes(plan.AvailableMemory.Value)} may be used.", "Take a smaller batch or a smaller model.")
            : new(FindingSeverity.Information, sentence + ".");
    }

    private static IEnumerable<Finding> CheckTime(TrainingPlan plan)
    {
        if (plan.TokensPerSecond is > 0 and var speed)
        {
            yield return new(FindingSeverity.Information,
                $"{PlainWords.Count(plan.Steps)} steps take about {PlainWords.Duration((double)plan.Steps * plan.StepTokens / speed)} at {PlainWords.Count(speed)} tokens a second.");
        }
    }
}
