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
        if (PlanChecks.WarmUp(training.WarmupSteps, training.MaxSteps) is { } tooLong)
        {
            findings.Add(tooLong);
        }

        string[] unknown = [.. config.Data.TemplateTokens.Where(token => !tokenizer.TryGetTokenId(token, out _))];
        if (unknown.Length > 0)
        {
            findings.Add(new(FindingSeverity.Warning, $"The tokenizer has no token {string.Join(" and no ", unknown)}: the template {config.Data.Template} writes them as text.", "Take the template that the model knows, or data.template: alpaca, which has no tokens of its own."));
        }

        var epoch = new EpochLength(tokensPerEpoch, training);
        findings.Add(epoch.Epochs > ManyEpochs && config.Data.Validation is null
            ? new(FindingSeverity.Warning, epoch.ToString(), "So many learn the examples by heart; lower training.maxSteps, or set data.validation to stop in time.")
            : new(FindingSeverity.Information, epoch.ToString()));
        return findings;
    }
}
