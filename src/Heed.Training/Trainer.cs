using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Where the run stands.</summary>
    public TrainingState State { get; private set; } = new();

    /// <summary>Adds somebody to be told what happens.</summary>
    /// <param name="observer">The observer.</param>
    public void Observe(TrainingObserver observer) => observers.Add(observer);

    /// <summary>Continues from a state whose weights and moments are already in place.</summary>
    /// <param name="state">Where the run stood.</param>
    public void Restore(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        State = state;
        diagnosis.Trend = state.Trend;
    }

    /// <summary>Trains until a limit is reached, the validation loss stops falling, or somebody cancels.</summary>
    /// <remarks>A run that has ended and is run again ends at once, in the same way.</remarks>
    /// <param name="cancellation">Stops the run after the current step, with a checkpoint.</param>
    /// <exception cref="TrainingException">A loss is no longer a number; the message says what to change.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written; earlier ones are untouched.</exception>
    public StopReason Run(CancellationToken cancellation = default)
    {
        using IEnumerator<PositionedBatch> data = batches.Read(State.Position).GetEnumerator();
        while (true)
        {
            bool atLimit = IsAtLimit();
            if ((atLimit || State.Step % settings.LogEvery == 0) && State.Window.Steps > 0)
            {
                LogWindow();
            }

            if ((atLimit || State.Step % settings.ValidateEvery == 0) && State.ValidatedStep < State.Step)
            {
                Validate();
            }

            if (atLimit)
            {
                return StopReason.Finished;
            }

            if (settings.Patience > 0 && State.ValidationsWithoutImprovement >= settings.Patience)
            {
                return StopReason.Converged;
            }

            if (cancellation.IsCancellationRequested)
            {
                SaveCheckpoint();
                return StopReason.Cancelled;
            }

            TakeStep(data);
        }
    }

    private bool IsAtLimit() =>
        State.Step >= settings.MaxSteps
        || State.Position.Epoch >= (settings.MaxEpochs ?? int.MaxValue)
        || State.Seconds >= 60 * (settings.MaxMinutes ?? double.PositiveInfinity);

    private void TakeStep(IEnumerator<PositionedBatch> data)
    {
        long started = Stopwatch.GetTimestamp();
        List<PositionedBatch> group = NextGroup(data);
        long labels = group.Sum(batch => (long)batch.Batch.LabelIds.Length);
        var dropout = new DropoutSource(settings.Seed, (ulong)State.Step);
        double loss = 0;
        optimizer.ClearGradients();
        foreach (PositionedBatch batch in group)
        {
            loss += AddGradients(batch.Batch, (double)batch.Batch.LabelIds.Length / labels, dropout);
        }

        optimizer.LearningRate = schedule.At(State.Step + 1);
        double norm = optimizer.Step();
        var result = new StepResult(State.Step + 1, group[0].Position.Epoch, loss, norm, optimizer.LearningRate, group.Sum(batch => batch.Batch.TokenCount));
        State = State with
        {
            Step = result.Step,
            Position = group[^1].Next,
            Tokens = State.Tokens + result.Tokens,
            Seconds = State.Seconds + Stopwatch.GetElapsedTime(started).TotalSeconds,
            Window = State.Window.Add(result),
        };
        if (LossDiagnosis.Explosion(result) is { } problem)
        {
            Fail(problem);
        }

        Tell(observer => observer.OnStep(result));
    }

    // A step never crosses the end of an epoch, so the last step of an epoch may have fewer batches.
    private List<PositionedBatch> NextGroup(IEnumerator<PositionedBatch> data)
    {
        var group = new List<PositionedBatch>(settings.AccumulateBatches);
        do
        {
            data.MoveNext();
            group.Add(data.Current);
        }
        while (group.Count < settings.AccumulateBatches && !group[^1].EndsEpoch);

        return group;
    }

    // Every target token of the step counts the same, whichever batch it is in.
    private double AddGradients(TokenBatch batch, double share, DropoutSource dropout)
    {
        using Tape tape = Tape.Begin();
        Tensor loss = model.Loss(batch, settings.LabelSmoothing, dropout);
        tape.Backward(loss, Tensor.Full(loss.Shape, (float)share, loss.Device));
        return share * loss.Item();
    }

    private void Validate()
    {
        ValidationResult? result = validate?.Invoke();
        double loss = result?.Loss ?? -State.Step; // without validation pairs the latest checkpoint is the best
        if (!double.IsFinite(loss))
        {
            Fail($"step {State.Step}: the validation loss is no longer a number, though the training loss is; lower training.learningRate or set training.clipNorm; the last checkpoint is untouched");
        }

        bool improved = State.Best.Count == 0 || loss < State.Best[0].Loss;
        State = State with
        {
            ValidatedStep = State.Step,
            ValidationsWithoutImprovement = improved ? 0 : State.ValidationsWithoutImprovement + 1,
            Best = [.. State.Best.Append(new RankedCheckpoint(State.Step, loss)).OrderBy(best => best.Loss).ThenByDescending(best => best.Step).Take(settings.KeepBest)],
        };
        if (result is not null)
        {
            Log(LogEntry.Of(State, result));
            Tell(observer => observer.OnValidated(State.Step, result));
        }

        SaveCheckpoint(); // last: what is logged before a checkpoint is never missing after a resume
    }

    private void SaveCheckpoint()
    {
        if (checkpoints is null || checkpoints.Steps().Contains(State.Step))
        {
            return;
        }

        checkpoints.Save(model, optimizer, State);
        Tell(observer => observer.OnCheckpoint(State.Step));
    }

    private void LogWindow()
    {
        string? stall = diagnosis.Stall(State.Step, State.Window.MeanLoss());
        Log(State.Window.Entry(State.Seconds, stall));
        State = State with { Window = State.Window.Next(State.Seconds), Trend = diagnosis.Trend };
    }

    [DoesNotReturn]
    private void Fail(string problem)
    {
        Log(new LogEntry { Step = State.Step, Epoch = State.Window.Last.Epoch, Message = problem });
        throw new TrainingException(problem);
    }

    private void Log(LogEntry entry) => Tell(observer => observer.OnLog(entry));

    private void Tell(Action<TrainingObserver> what) => observers.ForEach(what);
}
