using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;

namespace Heed.Training.Data.Texts;

/// <summary>What to know before a run on running text, in plain words.</summary>
internal static class TextPlan
{
    private const double ParametersPerToken = 50;

    public static IReadOnlyList<Finding> Check(TrainingSection training, long tokensPerEpoch, WindowOptions windows, long parameters)
    {
        long stepTokens = (long)windows.Length * windows.Sequences * training.AccumulateBatches;
        double stepsPerEpoch = Math.Max(1, Math.Ceiling((double)tokensPerEpoch / stepTokens));
        var findings = new List<Finding>();
        if (training.WarmupSteps >= training.MaxSteps)
        {
            findings.Add(new(FindingSeverity.Warning, $"The learning rate rises for {training.WarmupSteps} steps, but training ends after {training.MaxSteps}: it never reaches its peak.", "Shorten the warm-up to a tenth of the steps, or train longer."));
        }

        if (parameters > ParametersPerToken * tokensPerEpoch)
        {
            findings.Add(new(FindingSeverity.Warning, $"The model has {PlainWords.Count(parameters)} parameters for {PlainWords.Count(tokensPerEpoch)} tokens: it will learn them by heart.", "Take a smaller model, more dropout or more text."));
        }

        findings.Add(new(FindingSeverity.Information, $"An epoch is about {PlainWords.Count(stepsPerEpoch)} steps of {stepTokens} tokens; {PlainWords.Count(training.MaxSteps)} steps are {PlainWords.Number(training.MaxSteps / stepsPerEpoch)} epochs."));
        return findings;
    }
}
