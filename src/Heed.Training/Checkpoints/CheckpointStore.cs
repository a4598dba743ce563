using System.Globalization;
using System.Text.Json;
using Heed.Models.Formats;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Text.IO;

namespace Heed.Training.Checkpoints;

/// <summary>The checkpoints of one run: the latest, to resume from, and the best few, to make the final model of.</summary>
/// <remarks>
/// A checkpoint is a folder <c>step-00001000</c> with the weights, the optimiser's moments and the state of the run. It is
/// written beside under another name and then renamed, and it is renamed before it is deleted, so that a folder with the right
/// name is always whole. Checkpoints that are neither the latest nor among the best are deleted, after the new one is in place.
/// </remarks>
/// <param name="folder">The folder of all checkpoints; exists.</param>
public sealed class CheckpointStore(string folder)
{
    private const string WeightsName = "model.safetensors";
    private const string OptimizerName = "optimizer.safetensors";
    private const string StateName = "state.json";
    private const string Prefix = "step-";
    private const string PartialSuffix = ".partial"; // being written or deleted

    /// <summary>Saves a checkpoint, then deletes those that are no longer wanted.</summary>
    /// <param name="model">The weights.</param>
    /// <param name="optimizer">The moments.</param>
    /// <param name="state">Where the run stands; its step names the checkpoint.</param>
    /// <exception cref="IOException">The disk is full or cannot be written; all earlier checkpoints are untouched.</exception>
    public void Save(Module model, Optimizer optimizer, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(state);
        string partial = FolderOf(state.Step) + PartialSuffix;
        try
        {
            DeletePartial();
            Directory.CreateDirectory(partial);
            TensorFile.Save(Path.Combine(partial, WeightsName), model.NamedParameters());
            TensorFile.Save(Path.Combine(partial, OptimizerName), optimizer.State());
            AtomicFile.WriteAllText(Path.Combine(partial, StateName), JsonSerializer.Serialize(state, TrainingJson.Default.TrainingState));
            Delete(state.Step);
            Directory.Move(partial, FolderOf(state.Step));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteIfPossible(partial);
            string earlier = Steps() is [.., int latest] ? $"the checkpoint of step {latest} is untouched" : "there is no earlier one";
            throw new IOException($"the checkpoint of step {state.Step} could not be saved in {folder}: {exception.Message}; {earlier}; mend the cause, for example make room, and continue with --resume", exception);
        }

        var wanted = new HashSet<int>(state.Best.Select(best => best.Step)) { state.Step };
        foreach (int step in Steps().Where(step => !wanted.Contains(step)))
        {
            Delete(step);
        }
    }

    /// <summary>The steps of all whole checkpoints, in order.</summary>
    public IReadOnlyList<int> Steps() =>
        [.. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : -1)
            .Where(step => step >= 0 && Directory.Exists(FolderOf(step)))
            .Order()];

    /// <summary>Restores the latest checkpoint.</summary>
    /// <param name="model">Receives the weights.</param>
    /// <param name="optimizer">Receives the moments.</param>
    /// <returns>Where the run stood, or null when there is no checkpoint.</returns>
    /// <exception cref="ModelFileException">A file is missing, damaged or belongs to another model; the message says what to do.</exception>
    public TrainingState? LoadLatest(Module model, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (Steps() is not [.., int latest])
        {
            return null;
        }

        TrainingState state = Read(latest, StateName, path => ReadState(path, latest));
        LoadWeights(latest, model);
        Read(latest, OptimizerName, path =>
        {
            optimizer.LoadState(TensorFile.Load(path));
            return true;
        });
        return state;
    }

    /// <summary>Restores the weights of one checkpoint.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="model">Receives the weights.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or belongs to another model; the message says what to do.</exception>
    public void LoadWeights(int step, Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Read(step, WeightsName, path =>
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            model.Load(new TensorFile(file));
            return true;
        });
    }

    internal SafetensorsFile OpenWeights(int step) => Read(step, WeightsName, SafetensorsFile.Open);

    private static TrainingState ReadState(string path, int step)
    {
        using FileStream file = InputFile.Open(path);
        return JsonSerializer.Deserialize(file, TrainingJson.Default.TrainingState) is { } state && state.Step == step
            ? state
            : throw new InvalidDataException($"it is not the state of step {step}");
    }

    // Whatever is wrong with a file of a checkpoint, the mend is the same.
    private T Read<T>(int step, string name, Func<string, T> read)
    {
        string path = Path.Combine(FolderOf(step), name);
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or ShapeException or OverflowException)
        {
            string message = exception is JsonException json ? $"not valid JSON: {JsonProblem.Describe(json)}" : exception.Message;
            string problem = message.Replace(path + ": ", string.Empty, StringComparison.Ordinal);
            string rest = Steps().LastOrDefault(other => other < step, -1) is >= 0 and int before ? $"resume from step {before}" : "start from the beginning";
            throw new ModelFileException(path, $"{problem}; this checkpoint cannot be used: delete {FolderOf(step)} to {rest}", exception);
        }
    }

    private void Delete(int step)
    {
        if (Directory.Exists(FolderOf(step)))
        {
            string doomed = $"{FolderOf(step)}.deleted{PartialSuffix}";
            Directory.Move(FolderOf(step), doomed);
            Directory.Delete(doomed, recursive: true);
        }
    }

    // What a process that was killed had begun to write or to delete.
    private void DeletePartial()
    {
        foreach (string path in Directory.GetDirectories(folder, $"{Prefix}*{PartialSuffix}"))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void DeleteIfPossible(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next checkpoint tries again; the caller is about to say why this one failed.
        }
    }

    private string FolderOf(int step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}"));
}
