using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Tensors.Devices;
using Heed.Text.Metrics;
using Heed.Training;
using Heed.Training.Configuration;
using Heed.Training.Data.Preflight;

namespace Heed.Cli.Commands;

/// <summary><c>heed train CONFIG.yaml</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Argument<string?>("CONFIG") { Description = "The run's configuration; not needed with --resume.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "The run's folder; runs/NAME when omitted." };
        var set = new Option<string[]>("--set") { Description = "Change a setting: section.key=value. Repeatable.", AllowMultipleArgumentsPerToken = true };
        var resume = new Option<bool>("--resume") { Description = "Continue the run in --out from its latest checkpoint." };
        var force = new Option<bool>("--force") { Description = "Replace the run in --out." };
        var command = new Command("train", "Train a translator from sentence pairs.") { config, output, set, resume, force };
        command.SetAction(parsed =>
        {
            string[] overrides = parsed.GetValue(set) ?? [];
            string? path = parsed.GetValue(config);
            var directory = new RunDirectory(parsed.GetValue(output)
                ?? (path is null ? throw new UsageException("train needs a configuration, or --resume with --out FOLDER") : Path.Combine("runs", Path.GetFileNameWithoutExtension(path))));
            using var cancellation = new Cancellation("stopping after this step, with a checkpoint; press Ctrl-C again to stop at once");
            var status = new StatusLines();
            TrainingRun run = parsed.GetValue(resume)
                ? Resume(directory, overrides, status, cancellation.Token)
                : Start(path, overrides, directory, parsed.GetValue(force), status, cancellation.Token);
            return Train(run, status, cancellation.Token);
        });
        return command;
    }

    private static TrainingRun Start(string? path, string[] overrides, RunDirectory directory, bool force, StatusLines status, CancellationToken cancellation)
    {
        RunConfig config = RunConfig.Load(path ?? throw new UsageException("train needs a configuration file"), overrides);
        UseThreads(config.Training.Threads);
        if (force && directory.Exists)
        {
            Directory.Delete(directory.Path, recursive: true);
        }

        return TrainingRun.Start(config, directory, status, cancellation);
    }

    private static TrainingRun Resume(RunDirectory directory, string[] overrides, StatusLines status, CancellationToken cancellation)
    {
        if (!directory.Exists)
        {
            throw new DirectoryNotFoundException($"{directory.Path} holds no run to resume; start one with heed train CONFIG.yaml --out {directory.Path}");
        }

        UseThreads(RunConfig.Load(directory.ConfigPath, overrides).Training.Threads);
        return TrainingRun.Resume(directory, overrides, status, cancellation);
    }

    private static int Train(TrainingRun run, StatusLines status, CancellationToken cancellation)
    {
        status.Report($"{run.Corpus.Count} pairs, {run.Corpus.TokenCount} tokens ({run.FilterReport}); vocabulary {run.Tokenizer.VocabSize}; {run.Model.ParameterCount} parameters; seed {run.Config.Training.Seed}; {Device.Default.Description}");
        bool hopeless = false;
        foreach (Finding finding in run.Preflight())
        {
            status.Report($"{finding.Severity.ToString().ToLowerInvariant()}: {finding}");
            hopeless |= finding.Severity == FindingSeverity.Error;
        }

        if (hopeless)
        {
            return CommandRunner.BadInput;
        }

        StopReason reason;
        using (var display = new TrainingDisplay(run))
        {
            run.Trainer.Observe(display);
            reason = run.Trainer.Run(cancellation);
        }

        if (reason == StopReason.Cancelled)
        {
            status.Report($"stopped at step {run.Trainer.State.Step}; continue with: heed train --resume --out {run.Directory.Path}");
            return CommandRunner.Failed;
        }

        status.Report(reason == StopReason.Converged ? "the validation loss no longer falls" : "reached the limit of the configuration");
        foreach (MetricScore score in run.Finish(status))
        {
            Console.Out.WriteLine(score.Format());
            Console.Out.WriteLine($"  signature: {score.Signature}");
        }

        status.Report($"trained for {ProgressLine.Duration(run.Trainer.State.Seconds)}; model in {run.Directory.ModelPath}");
        return 0;
    }

    private static void UseThreads(int? threads)
    {
        if (threads is { } count)
        {
            Device.Default = CpuDevice.Create(count);
        }
    }

    /// <summary>Status messages as lines on standard error.</summary>
    private sealed class StatusLines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }

    /// <summary>The bar of the whole run on a terminal, and a line for each log entry and validation.</summary>
    private sealed class TrainingDisplay(TrainingRun run) : TrainingObserver, IDisposable
    {
        private readonly ProgressLine bar = new("training", run.Config.Training.MaxSteps);
        private LogEntry? last;

        public override void OnStep(StepResult step)
        {
            if (!Console.IsErrorRedirected)
            {
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
            bar.Dispose(); // clears the line that the bar is on; the next step draws it again
            Console.Error.WriteLine(text);
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
}
