using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;

namespace Heed.Training;

/// <summary>
/// The training loop: one optimiser step after another, with validations, checkpoints and an early end. Where the gradients of a
/// step come from, <see cref="Trainer{TBatch}"/> says.
/// </summary>
/// <remarks>
/// The same seed, data and settings give the same bits for any number of threads, and for a run that was killed and resumed: every
/// random choice is a function of the seed and of the position that the checkpoint holds. Only
/// <see cref="TrainingSection.MaxMinutes"/> depends on the clock.
/// </remarks>
public abstract class Trainer
{
    private readonly Module module;
    private readonly Optimizer optimizer;
    private readonly LearningRateSchedule schedule;
    private readonly CheckpointStore? checkpoints;
    private readonly Func<ValidationResult>? validate;
    private readonly LossDiagnosis diagnosis;
    private readonly List<TrainingObserver> observers = [];

    private protected Trainer(Module module, Optimizer optimizer, LearningRateSchedule schedule, TrainingSection settings, LossDiagnosis diagnosis, CheckpointStore? checkpoints, Func<ValidationResult>? validate)
    {
        this.module = module;
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.diagnosis = diagnosis;
        this.checkpoints = checkpoints;
        this.validate = validate;
        Settings = settings;
    }

    /// <summary>Where the run stands.</summary>
    public TrainingState State { get; private set; } = new();

    private protected TrainingSection Settings { get; }

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
        using IEnumerator<StepGradients> steps = Gradients().GetEnumerator();
        while (true)
        {
            bool atLimit = IsAtLimit();
            if ((atLimit || State.Step % Settings.LogEvery == 0) && State.Window.Steps > 0)
            {
                LogWindow();
            }

            if ((atLimit || State.Step % Settings.ValidateEvery == 0) && State.ValidatedStep < State.Step)
            {
                Validate();
            }

            if (atLimit)
            {
                return StopReason.Finished;
            }

            if (Settings.Patience > 0 && State.ValidationsWithoutImprovement >= Settings.Patience)
            {
                return StopReason.Converged;
            }

            if (cancellation.IsCancellationRequested)
            {
                SaveCheckpoint();
                return StopReason.Cancelled;
            }

            TakeStep(steps);
        }
    }

    /// <summary>For each step from <see cref="State"/> on: adds its gradients to the parameters, and then says what they were.</summary>
    private protected abstract IEnumerable<StepGradients> Gradients();

    private bool IsAtLimit() =>
        State.Step >= Settings.MaxSteps
        || State.Position.Epoch >= (Settings.MaxEpochs ?? int.MaxValue)
        || State.Seconds >= 60 * (Settings.MaxMinutes ?? double.PositiveInfinity);

    private void TakeStep(IEnumerator<StepGradients> steps)
    {
        long started = Stopwatch.GetTimestamp();
        optimizer.ClearGradients();
        steps.MoveNext();
        StepGradients gradients = steps.Current;
        optimizer.LearningRate = schedule.At(State.Step + 1);
        double norm = optimizer.Step();
        var result = new StepResult(State.Step + 1, State.Position.Epoch, gradients.Loss, norm, optimizer.LearningRate, gradients.Tokens);
        State = State with
        {
            Step = result.Step,
            Position = gradients.Next,
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
            Best = [.. State.Best.Append(new RankedCheckpoint(State.Step, loss)).OrderBy(best => best.Loss).ThenByDescending(best => best.Step).Take(Settings.KeepBest)],
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

        checkpoints.Save(module, optimizer, State);
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
