using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Training;
using Heed.Training.Configuration;

namespace Heed.Cli.Commands;

/// <summary>The bar of the whole run on a terminal, and a line for each log entry and validation.</summary>
internal sealed class TrainingDisplay(TrainingRun run) : TrainingObserver, IDisposable
{
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
            Line(string.Create(CultureInfo.InvariantCulture, $"step {step}: validation loss {result.Loss:F3}, perplexity {result.Perplexity:F2}, BLEU {result.Bleu:F2}, chrF {result.Chrf:F2}"));
        }

        foreach (TranslationSample sample in result.Samples.Take(2))
        {
            Line($"    {sample.Source}\n    {sample.Hypothesis}");
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
        double tokensPerEpoch = run.Pairs.TokenCount + (2.0 * run.Pairs.Count); // each side has one token more
        double byEpochs = settings.MaxEpochs is { } epochs ? step * epochs * tokensPerEpoch / Math.Max(1, run.Trainer.State.Tokens) : double.PositiveInfinity;
        return (long)Math.Max(step, Math.Min(settings.MaxSteps, Math.Min(byTime, byEpochs)));
    }

    private static string Describe(LogEntry entry) => string.Join(", ", Parts(entry));

    private static IEnumerable<string> Parts(LogEntry entry)
    {
        (double? Value, string Format)[] parts =
        [
            (entry.Loss, "loss {0:F3}"), (entry.LearningRate, "rate {0:G3}"), (entry.GradientNorm, "gradient {0:F2}"), (entry.TokensPerSecond, "{0:F0} tokens/s"),
            (entry.ValidationLoss, "validation loss {0:F3}"), (entry.ValidationPerplexity, "perplexity {0:F2}"), (entry.ValidationBleu, "BLEU {0:F2}"), (entry.ValidationChrf, "chrF {0:F2}"),
        ];
        foreach ((double? value, string format) in parts)
        {
            if (value is { } number)
            {
                yield return string.Format(CultureInfo.InvariantCulture, format, number);
            }
        }

        if (entry.Message is { } message)
        {
            yield return message;
        }
    }
}
