using Heed.Models.Decoding;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Translating;

namespace Heed.Training.Compare.Studies;

/// <summary>Runs one configuration from raw text to scores, as <c>heed train</c> does; a run that is there already is continued.</summary>
internal static class LadderStudy
{
    public static IReadOnlyList<Measurement> Run(LadderRung rung, int number, string folder, ulong seed, IProgress<double> progress, CancellationToken cancellation)
    {
        var directory = new RunDirectory(folder);
        var run = (TranslationRun)(directory.Exists
            ? TrainingRun.Resume(directory, cancellation: cancellation)
            : TrainingRun.Start(RunConfig.Load(rung.Config, [$"training.seed={seed}"]), directory, cancellation: cancellation));
        run.Trainer.Observe(new Observer(run.Config.Training, run.Trainer, progress));
        if (run.Trainer.Run(cancellation) == StopReason.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        run.Finish();
        SentencePair[] test = [.. (run.Config.Data.Test ?? throw new InvalidDataException($"{rung.Config} names no test pairs")).Open().Read()];
        string[] hypotheses = [.. run.Translator.Translate(test.Select(pair => pair.Source), run.Config.Decoding, cancellation: cancellation).Select(translation => translation.Text)];
        BleuScore score = new BleuMetric(new BleuConfig { Lowercase = true }).Corpus(hypotheses, [[.. test.Select(pair => pair.Target)]], new BootstrapResampling());
        DecodingOptions decoding = run.Config.Decoding;
        return
        [
            new("ladder", rung.Name, number, score.Value, LongTranslationStudy.Low(score), LongTranslationStudy.High(score), FormattableString.Invariant($"{score.Signature}, beam {decoding.BeamSize}, length penalty {decoding.LengthPenalty}")),
            new("ladder-parameters", rung.Name, number, run.Model.ParameterCount),
            new("ladder-minutes", rung.Name, number, run.Trainer.State.Seconds / 60),
        ];
    }

    private sealed class Observer(TrainingSection settings, Trainer trainer, IProgress<double> progress) : TrainingObserver
    {
        public override void OnStep(StepResult step) =>
            progress.Report(Math.Max((double)step.Step / settings.MaxSteps, trainer.State.Seconds / (60 * (settings.MaxMinutes ?? double.PositiveInfinity))));
    }
}
