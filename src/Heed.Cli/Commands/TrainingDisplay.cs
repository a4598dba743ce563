using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Training;
using Heed.Training.Configuration;

namespace Heed.Cli.Commands;

/// <summary>The bar of the whole run on a terminal, and a line for each log entry and validation.</summary>
internal sealed class TrainingDisplay(TrainingRun run) : TrainingObserver, IDisposable
{
    private const int SampleLines = 4;

    private readonly ProgressLine bar = new("step", run.Config.Training.MaxSteps, run.Trainer.State.Step);
    private LogEntry? last;

    public override void OnStep(StepResult step)
    {
        if (!Console.IsErrorRedirected)
        {
            bar.Total = ExpectedSteps(step.Step);
            bar.Report(step.Step, last is null ? null : Describe(last));
        }
    }

    public override void OnLog(LogEntry entry)
    {
        if (entry.Loss is not null)
        {
            last = entry;
        }

        if (entry.Message is not null || Console.IsErrorRedirected)
        {
            Line($"step {entry.Step}, epoch {entry.Epoch}: {Describe(entry)}");
        }
    }

    public override void OnValidated(int step, ValidationResult result)
    {
        if (!Console.IsErrorRedirected)
        {
            Line($"step {step}: {string.Join(", ", Parts(result.Loss, result.Scores))}");
        }

        foreach (string line in result.Samples.Take(2).SelectMany(sample => sample.Split('\n').Take(SampleLines)))
        {
            Line("    " + line);
        }
    }

    public void Dispose() => bar.Dispose();

    private void Line(string text)
    {
        bar.Clear();
        Console.Error.WriteLine(text);
    }

    // A limit in minutes or epochs is, at the pace so far, a limit in steps.
    private long ExpectedSteps(int step)
    {
        TrainingSection settings = run.Config.Training;
        double seconds = Math.Max(1e-3, run.Trainer.State.Seconds);
        double byTime = settings.MaxMinutes is { } minutes ? step * 60 * minutes / seconds : double.PositiveInfinity;
        double byEpochs = settings.MaxEpochs is { } epochs ? (double)step * epochs * run.TokensPerEpoch / Math.Max(1, run.Trainer.State.Tokens) : double.PositiveInfinity;
        return (long)Math.Max(step, Math.Min(settings.MaxSteps, Math.Min(byTime, byEpochs)));
    }

    private static string Describe(LogEntry entry) => string.Join(", ", Parts(entry));

    private static IEnumerable<string> Parts(LogEntry entry)
    {
        (double? Value, string Format)[] parts =
        [
            (entry.Loss, "loss {0:F3}"), (entry.LearningRate, "rate {0:G3}"), (entry.GradientNorm, "gradient {0:F2}"), (entry.TokensPerSecond, "{0:F0} tokens/s"),
        ];
        foreach ((double? value, string format) in parts)
        {
            if (value is { } number)
            {
                yield return string.Format(CultureInfo.InvariantCulture, format, number);
            }
        }

        if (entry.ValidationLoss is { } loss)
        {
            foreach (string part in Parts(loss, entry.ValidationScores ?? new Dictionary<string, double>()))
            {
                yield return part;
            }
        }

        if (entry.Message is { } message)
        {
            yield return message;
        }
    }

    private static IEnumerable<string> Parts(double validationLoss, IReadOnlyDictionary<string, double> scores) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"validation loss {validationLoss:F3}"),
        .. scores.Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value:F2}")),
    ];
}
