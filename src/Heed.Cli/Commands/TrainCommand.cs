using System.CommandLine;
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
        var config = new Argument<string?>("CONFIG") { Description = "The run's configuration, a YAML or JSON file; not needed with --resume.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "The run's folder; runs/NAME, after CONFIG's name, when omitted.", HelpName = "FOLDER" };
        var set = new Option<string[]>("--set") { Description = "Change a setting of the configuration: section.key=value. May be given many times.", HelpName = "KEY=VALUE" };
        var resume = new Option<bool>("--resume") { Description = "Continue the run in --out from its latest checkpoint." };
        var force = new Option<bool>("--force") { Description = "Replace the run in --out. The old one is deleted once the new one has passed its checks." };
        var command = new Command("train", "Train a model as a configuration says. Its key task chooses what is trained: translation (the default), language-model, masked-language-model, span-corruption, classification, summarization, instruction, preference.") { config, output, set, resume, force };
        command.SetAction(parsed =>
        {
            string[] overrides = parsed.GetValue(set) ?? [];
            string? path = parsed.GetValue(config);
            var directory = new RunDirectory(parsed.GetValue(output)
                ?? (path is null ? throw new UsageException("train needs a configuration, or --resume with --out FOLDER") : Path.Combine("runs", Path.GetFileNameWithoutExtension(path))));
            using var cancellation = new Cancellation("stopping after this step, with a checkpoint; press Ctrl-C again to stop at once");
            var status = new StatusLines();
            return parsed.GetValue(resume)
                ? Resume(directory, overrides, status, cancellation.Token)
                : Start(path, overrides, directory, parsed.GetValue(force), status, cancellation.Token);
        });
        return command;
    }

    private static int Start(string? path, string[] overrides, RunDirectory directory, bool force, StatusLines status, CancellationToken cancellation)
    {
        RunConfig config = RunConfig.Load(path ?? throw new UsageException("train needs a configuration file"), overrides);
        CommonOptions.UseThreads(config.Training.Threads);
        using var place = RunPlace.Take(directory, force);
        TrainingRun run = TrainingRun.Start(config, directory, status, cancellation);
        Describe(run, status);
        Check(run, status);
        place.Keep();
        return Train(run, status, cancellation);
    }

    private static int Resume(RunDirectory directory, string[] overrides, StatusLines status, CancellationToken cancellation)
    {
        using var place = RunPlace.Continue(directory);
        CommonOptions.UseThreads(RunConfig.Load(directory.ConfigPath, overrides).Training.Threads);
        TrainingRun run = TrainingRun.Resume(directory, overrides, status, cancellation);
        Describe(run, status);
        return Train(run, status, cancellation);
    }

    private static void Describe(TrainingRun run, StatusLines status) =>
        status.Report($"{run.DataDescription}; vocabulary {run.Tokenizer.VocabSize}; {run.Module.ParameterCount} parameters; seed {run.Config.Training.Seed}; {Device.Default.Description}");

    private static void Check(TrainingRun run, StatusLines status)
    {
        foreach (Finding finding in run.Preflight())
        {
            if (finding.Severity == FindingSeverity.Error)
            {
                throw new UsageException(finding.ToString());
            }

            status.Report(finding.Severity == FindingSeverity.Warning ? $"warning: {finding}" : finding.ToString());
        }
    }

    private static int Train(TrainingRun run, StatusLines status, CancellationToken cancellation)
    {
        int first = run.Trainer.State.Step;
        StopReason reason;
        using (var display = new TrainingDisplay(run))
        {
            run.Trainer.Observe(display);
            reason = run.Trainer.Run(cancellation);
        }

        int step = run.Trainer.State.Step;
        if (reason == StopReason.Cancelled)
        {
            status.Report($"stopped at step {step}; continue with: heed train --resume --out {run.Directory.Path}");
            return CommandRunner.Failed;
        }

        string why = reason == StopReason.Converged ? "the validation loss no longer falls" : "the limit of the configuration is reached";
        status.Report(step == first
            ? $"the run in {run.Directory.Path} is finished at step {step}: {why}; to train longer, raise the limit, as in --set training.maxSteps={2L * step}"
            : $"finished at step {step}: {why}");
        foreach (MetricScore score in run.Finish(status))
        {
            Output.Score(score);
        }

        status.Report($"trained for {ProgressText.Duration(run.Trainer.State.Seconds)}; model in {run.Directory.ModelPath}");
        return 0;
    }

    /// <summary>Status messages as lines on standard error.</summary>
    private sealed class StatusLines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
