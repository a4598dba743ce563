using System.Diagnostics;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>It took the steps, epochs or minutes that it was allowed.</summary>
    Finished,

    /// <summary>The validation loss has not improved for long.</summary>
    Converged,

    /// <summary>Somebody asked it to stop; it can be resumed.</summary>
    Cancelled,
}

/// <summary>
/// The training loop: batches through the model and back, one optimiser step at a time, with validations, checkpoints and an
/// early end.
/// </summary>
/// <remarks>
/// The same seed, data and settings give the same bits for any number of threads, and for a run that was killed and resumed: every
/// random choice is a function of the seed and of the position that the checkpoint holds. Only
/// <see cref="TrainingSection.MaxMinutes"/> depends on the clock.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="optimizer">Holds the model's parameters.</param>
/// <param name="schedule">The learning rate of each step.</param>
/// <param name="settings">Everything else.</param>
/// <param name="batches">The training data.</param>
/// <param name="checkpoints">Where checkpoints go, or null to keep none.</param>
/// <param name="validate">Scores the model, or null to validate never.</param>
public sealed class Trainer(
    Seq2SeqModel model,
    Optimizer optimizer,
    LearningRateSchedule schedule,
    TrainingSection settings,
    BatchSource batches,
    CheckpointStore? checkpoints = null,
    Func<ValidationResult>? validate = null)
{
    private readonly List<TrainingObserver> observers = [];
    private readonly LossDiagnosis diagnosis = new(model.VocabSize);
    private LossWindow window = new();

    /// <summary>Where the run stands.</summary>
    public TrainingState State { get; private set; } = new();

    /// <summary>Adds somebody to be told what happens.</summary>
    /// <param name="observer">The observer.</param>
    public void Observe(TrainingObserver observer) => observers.Add(observer);

    /// <summary>Continues from a state whose weights and moments are already in place.</summary>
    /// <param name="state">Where the run stood.</param>
    public void Restore(TrainingState state) => State = state;

    /// <summary>Trains until a limit is reached, the validation loss stops falling, or somebody cancels.</summary>
    /// <param name="cancellation">Stops the run after the current step, with a checkpoint.</param>
    /// <exception cref="TrainingException">The loss is no longer a number; the message says what to change.</exception>
    public StopReason Run(CancellationToken cancellation = default)
    {
        using IEnumerator<PositionedBatch> data = batches.Read(State.Position).GetEnumerator();
        while (!Reached(settings))
        {
            if (cancellation.IsCancellationRequested)
            {
                SaveCheckpoint();
                return StopReason.Cancelled;
            }

            TakeStep(data);
            if (State.Step % settings.LogEvery == 0)
            {
                LogWindow();
            }

            if (State.Step % settings.ValidateEvery == 0)
            {
                Validate();
                if (settings.Patience > 0 && State.ValidationsWithoutImprovement >= settings.Patience)
                {
                    return StopReason.Converged;
                }
            }
        }

        if (State.Step % settings.ValidateEvery != 0)
        {
            Validate();
        }

        return StopReason.Finished;
    }

    private bool Reached(TrainingSection limits) =>
        State.Step >= limits.MaxSteps
        || State.Position.Epoch >= (limits.MaxEpochs ?? int.MaxValue)
        || State.Seconds >= 60 * (limits.MaxMinutes ?? double.PositiveInfinity);

    private void TakeStep(IEnumerator<PositionedBatch> data)
    {
        long started = Stopwatch.GetTimestamp();
        var dropout = new DropoutSource(settings.Seed, (ulong)State.Step);
        double loss = 0;
        int tokens = 0;
        DataPosition next = State.Position;
        optimizer.ClearGradients();
        for (int i = 0; i < settings.AccumulateBatches; i++)
        {
            data.MoveNext();
            TokenBatch batch = data.Current.Batch;
            using Tape tape = Tape.Begin();
            Tensor batchLoss = model.Loss(batch, settings.LabelSmoothing, dropout);
            loss += batchLoss.Item() / settings.AccumulateBatches;
            tape.Backward(batchLoss);
            tokens += batch.SourceIds.Length + batch.LabelIds.Length;
            next = data.Current.Next;
        }

        optimizer.LearningRate = schedule.At(State.Step + 1);
        double norm = optimizer.Step(1f / settings.AccumulateBatches);
        State = State with
        {
            Step = State.Step + 1,
            Position = next,
            Tokens = State.Tokens + tokens,
            Seconds = State.Seconds + Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
        var result = new StepResult(State.Step, data.Current.Position.Epoch, loss, norm, optimizer.LearningRate, tokens);
        if (LossDiagnosis.Explosion(State.Step, loss, norm, optimizer.LearningRate) is { } problem)
        {
            Log(new LogEntry { Step = State.Step, Epoch = result.Epoch, Message = problem });
            throw new TrainingException(problem);
        }

        window.Add(result);
        foreach (TrainingObserver observer in observers)
        {
            observer.OnStep(result);
        }
    }

    private void Validate()
    {
        ValidationResult? result = validate?.Invoke();
        double loss = result?.Loss ?? -State.Step; // without validation pairs the latest checkpoint is the best
        bool improved = State.Best.Count == 0 || loss < State.Best[0].Loss;
        State = State with
        {
            ValidationsWithoutImprovement = improved ? 0 : State.ValidationsWithoutImprovement + 1,
            Best = [.. State.Best.Append(new RankedCheckpoint(State.Step, loss)).OrderBy(best => best.Loss).ThenByDescending(best => best.Step).Take(settings.KeepBest)],
        };
        SaveCheckpoint();
        if (result is not null)
        {
            Log(new LogEntry
            {
                Step = State.Step,
                Epoch = State.Position.Epoch,
                ValidationLoss = result.Loss,
                ValidationPerplexity = result.Perplexity,
                ValidationBleu = result.Bleu,
                ValidationChrf = result.Chrf,
                Seconds = State.Seconds,
            });
            foreach (TrainingObserver observer in observers)
            {
                observer.OnValidated(State.Step, result);
            }
        }
    }

    private void SaveCheckpoint()
    {
        if (checkpoints is null || checkpoints.Steps().Contains(State.Step))
        {
            return;
        }

        checkpoints.Save(model, optimizer, State);
        foreach (TrainingObserver observer in observers)
        {
            observer.OnCheckpoint(State.Step);
        }
    }

    private void LogWindow()
    {
        StepResult last = window.Last;
        Log(new LogEntry
        {
            Step = State.Step,
            Epoch = last.Epoch,
            Loss = window.MeanLoss,
            LearningRate = last.LearningRate,
            GradientNorm = last.GradientNorm,
            TokensPerSecond = window.TokensPerSecond(State.Seconds),
            Seconds = State.Seconds,
            Message = diagnosis.Stall(State.Step, window.MeanLoss),
        });
        window = new LossWindow(State.Seconds);
    }

    private void Log(LogEntry entry)
    {
        foreach (TrainingObserver observer in observers)
        {
            observer.OnLog(entry);
        }
    }

    /// <summary>Sums over the steps since the last line of the log.</summary>
    private sealed class LossWindow(double startSeconds = double.NaN)
    {
        private double losses;
        private long tokens;
        private int steps;

        public StepResult Last { get; private set; }

        public double MeanLoss => losses / Math.Max(1, steps);

        public void Add(StepResult step)
        {
            losses += step.Loss;
            tokens += step.Tokens;
            steps++;
            Last = step;
        }

        public double? TokensPerSecond(double seconds) => seconds > startSeconds ? tokens / (seconds - startSeconds) : null;
    }
}
