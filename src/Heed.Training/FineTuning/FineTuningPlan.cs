using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;

namespace Heed.Training.FineTuning;

/// <summary>What to know before a model learns to answer, in plain words.</summary>
internal static class FineTuningPlan
{
    private const int ManyEpochs = 20;

    public static IReadOnlyList<Finding> Check(FineTuningRunConfig config, Tokenizer tokenizer, long tokensPerEpoch)
    {
        TrainingSection training = config.Training;
        var findings = new List<Finding>();
        if (training.WarmupSteps >= training.MaxSteps)
        {
            findings.Add(new(FindingSeverity.Warning, $"The learning rate rises for {training.WarmupSteps} steps, but training ends after {training.MaxSteps}: it never reaches its peak.", "Shorten the warm-up to a tenth of the steps, or train longer."));
        }

        string[] unknown = [.. config.Data.TemplateTokens.Where(token => !tokenizer.TryGetTokenId(token, out _))];
        if (unknown.Length > 0)
        {
            findings.Add(new(FindingSeverity.Warning, $"The tokenizer has no token {string.Join(" and no ", unknown)}: the template {config.Data.Template} writes them as text.", "Take the template that the model knows, or data.template: alpaca, which has no tokens of its own."));
        }

        double stepsPerEpoch = Math.Max(1, Math.Ceiling((double)tokensPerEpoch / training.BatchTokens / training.AccumulateBatches));
        double epochs = training.MaxSteps / stepsPerEpoch;
        string size = $"An epoch is about {PlainWords.Count(stepsPerEpoch)} steps; {PlainWords.Count(training.MaxSteps)} steps are {PlainWords.Number(epochs)} epochs.";
        findings.Add(epochs > ManyEpochs && config.Data.Validation is null
            ? new(FindingSeverity.Warning, size, "So many learn the examples by heart; lower training.maxSteps, or set data.validation to stop in time.")
            : new(FindingSeverity.Information, size));
        return findings;
    }
}
