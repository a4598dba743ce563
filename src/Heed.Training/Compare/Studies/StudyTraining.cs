using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Translating;

namespace Heed.Training.Compare.Studies;

/// <summary>The training that all architectures get: Adam, a tenth of the steps to warm up, then an even decline to zero.</summary>
internal static class StudyTraining
{
    private const int CurvePoints = 60;

    /// <summary>Trains a model.</summary>
    /// <returns>The mean losses of some steps each, beside the last of those steps.</returns>
    /// <exception cref="OperationCanceledException">Somebody stopped it; nothing is kept.</exception>
    public static IReadOnlyList<(int Step, double Loss)> Run(Seq2SeqModel model, BatchSource<TokenBatch> batches, int steps, double learningRate, ulong seed, IProgress<double> progress, CancellationToken cancellation)
    {
        var settings = new TrainingSection { Seed = seed, MaxSteps = steps, ValidateEvery = int.MaxValue, LogEvery = int.MaxValue, Patience = 0 };
        var optimizer = new Adam(model.NamedParameters(), (float)learningRate, 0.9f, 0.98f, 1e-9f) { MaxGradientNorm = 1 };
        var trainer = new Trainer<TokenBatch>(new Seq2SeqObjective(model, labelSmoothing: 0), optimizer, new LinearSchedule(learningRate, Math.Max(1, steps / 10), steps + 1), settings, batches);
        var observer = new Observer(steps, progress);
        trainer.Observe(observer);
        if (trainer.Run(cancellation) == StopReason.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        return observer.Curve;
    }

    private sealed class Observer(int steps, IProgress<double> progress) : TrainingObserver
    {
        private readonly int every = Math.Max(1, steps / CurvePoints);
        private double sum;

        public List<(int Step, double Loss)> Curve { get; } = [];

        public override void OnStep(StepResult step)
        {
            progress.Report((double)step.Step / steps);
            sum += step.Loss;
            if (step.Step % every == 0)
            {
                Curve.Add((step.Step, sum / every));
                sum = 0;
            }
        }
    }
}
