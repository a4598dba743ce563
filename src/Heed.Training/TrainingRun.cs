using System.Globalization;
using Heed.Models;
using Heed.Models.Configuration;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Text.Metrics;
using Heed.Text.Tokenizers;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Preflight;

namespace Heed.Training;

/// <summary>
/// A run from a configuration to a finished model folder: tokenizer, data, checks, training, averaging, scores. What
/// <c>heed train</c> does, whatever the task.
/// </summary>
public abstract class TrainingRun
{
    private readonly CheckpointStore store;

    /// <summary>Begins a run.</summary>
    /// <param name="config">What it is told to do.</param>
    /// <param name="setup">Where.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="module">What is trained, and kept in checkpoints.</param>
    private protected TrainingRun(RunConfig config, RunSetup setup, Tokenizer tokenizer, Module module)
    {
        Directory = setup.Directory;
        Tokenizer = tokenizer;
        Module = module;
        Optimizer = TrainingParts.CreateOptimizer(config.Training, module);
        store = new CheckpointStore(Directory.CheckpointsPath);
    }

    /// <summary>What the run was told to do.</summary>
    public abstract RunConfig Config { get; }

    /// <summary>The folder of the run.</summary>
    public RunDirectory Directory { get; }

    /// <summary>The tokenizer: trained by the run, or given to it.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>What is trained, and kept in checkpoints.</summary>
    public Module Module { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The loop.</summary>
    public Trainer Trainer { get; private set; } = null!;

    /// <summary>The training data in one phrase: what it is, and how much.</summary>
    public abstract string DataDescription { get; }

    /// <summary>The tokens that the model reads in one pass over the training data, as <see cref="TrainingState.Tokens"/> counts them.</summary>
    public abstract long TokensPerEpoch { get; }

    /// <summary>A number that changes when the training data do: a run is resumed on the same data only.</summary>
    public abstract ulong DataFingerprint { get; }

    /// <summary>Starts a new run: trains the tokenizer, encodes the data, makes the model.</summary>
    /// <param name="config">What to train, checked.</param>
    /// <param name="directory">Where; must not hold a run.</param>
    /// <param name="status">Is told what is being done.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="IOException">A run is there already, or the data cannot be read.</exception>
    public static TrainingRun Start(RunConfig config, RunDirectory directory, IProgress<string>? status = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(directory);
        if (directory.Exists)
        {
            throw new IOException($"{directory.Path} already holds a run; continue it with --resume, replace it with --force, or choose another folder with --out");
        }

        TrainingRun run = config.Open(new RunSetup(directory, IsNew: true, status, cancellation));
        directory.Create();
        run.Tokenizer.Save(System.IO.Directory.CreateDirectory(directory.TokenizerPath).FullName);
        config.Save(directory.ConfigPath); // last: from here on the folder holds a run
        run.Trainer.Restore(new TrainingState { DataFingerprint = run.DataFingerprint });
        return run;
    }

    /// <summary>Continues a run where its latest checkpoint left it.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="overrides">Settings to change from here on, as <c>section.key=value</c>; see <see cref="RunConfig.GuardResume"/>.</param>
    /// <param name="status">Is told what is being done.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="InvalidDataException">The training data is not what the run began with.</exception>
    /// <exception cref="ConfigException">An override would change what the run has done so far.</exception>
    public static TrainingRun Resume(RunDirectory directory, IReadOnlyList<string>? overrides = null, IProgress<string>? status = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        RunConfig config = RunConfig.Load(directory.ConfigPath, overrides);
        RunConfig.Load(directory.ConfigPath).GuardResume(config);
        TrainingRun run = config.Open(new RunSetup(directory, IsNew: false, status, cancellation));
        TrainingState state = run.store.LoadLatest(run.Module, run.Optimizer) ?? new TrainingState { DataFingerprint = run.DataFingerprint };
        if (state.DataFingerprint != run.DataFingerprint)
        {
            throw new InvalidDataException($"the training data is not what the run in {directory.Path} began with; restore the files that {directory.ConfigPath} names, or start a new run");
        }

        config.Save(directory.ConfigPath);
        directory.Rewind(state.Step);
        run.Trainer.Restore(state);
        return run;
    }

    /// <summary>What to know before training, in plain words; the worst first.</summary>
    public abstract IReadOnlyList<Finding> Preflight();

    /// <summary>Averages the best checkpoints, scores the model and writes the model folder.</summary>
    /// <param name="status">Is told what is being done.</param>
    /// <returns>The scores on what the configuration keeps for this; empty without that.</returns>
    public IReadOnlyList<MetricScore> Finish(IProgress<string>? status = null)
    {
        int[] best = [.. Trainer.State.Best.Take(Config.Training.AverageBest).Select(checkpoint => checkpoint.Step).Where(store.Steps().Contains)];
        if (best.Length > 0)
        {
            status?.Report($"averaging {best.Length} checkpoint{(best.Length == 1 ? string.Empty : "s")}");
            CheckpointAveraging.Average(store, best, Module);
        }

        return Finish(TrainingEntries(best), status);
    }

    /// <summary>Scores the finished model and writes its folder.</summary>
    /// <param name="training">How it was trained, for the model's card.</param>
    /// <param name="status">Is told what is being done.</param>
    private protected abstract IReadOnlyList<MetricScore> Finish(IReadOnlyList<ModelCardEntry> training, IProgress<string>? status);

    /// <summary>Says what is trained on what; a constructor's last act.</summary>
    private protected void TrainOn<TBatch>(Objective<TBatch> objective, BatchSource<TBatch> batches, Func<ValidationResult>? validate)
    {
        Trainer = new Trainer<TBatch>(objective, Optimizer, TrainingParts.CreateSchedule(Config.Training), Config.Training, batches, store, validate);
        Trainer.Observe(new RunRecorder(Directory));
    }

    private ModelCardEntry[] TrainingEntries(int[] averaged) =>
    [
        new("steps", Trainer.State.Step.ToString(CultureInfo.InvariantCulture)),
        new("tokens", Trainer.State.Tokens.ToString(CultureInfo.InvariantCulture)),
        new("seed", Config.Training.Seed.ToString(CultureInfo.InvariantCulture)),
        new("weights averaged over steps", string.Join(", ", averaged.Order())),
    ];

    /// <summary>Writes the log and the samples.</summary>
    private sealed class RunRecorder(RunDirectory directory) : TrainingObserver
    {
        public override void OnLog(LogEntry entry) => directory.Log(entry);

        public override void OnValidated(int step, ValidationResult result)
        {
            if (result.Samples.Count > 0)
            {
                directory.AppendSamples(step, result.Samples);
            }
        }
    }
}
