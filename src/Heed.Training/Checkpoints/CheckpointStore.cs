using System.Globalization;
using System.Text.Json;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Text.IO;

namespace Heed.Training.Checkpoints;

/// <summary>The checkpoints of one run: the latest, to resume from, and the best few, to make the final model of.</summary>
/// <remarks>
/// A checkpoint is a folder <c>step-00001000</c> with the weights, the optimiser's moments and the state of the run. It is
/// written beside under another name and then renamed, so that a folder with the right name is always whole. Checkpoints that
/// are neither the latest nor among the best are deleted, after the new one is in place.
/// </remarks>
/// <param name="folder">The folder of all checkpoints; exists.</param>
public sealed class CheckpointStore(string folder)
{
    private const string WeightsName = "model.safetensors";
    private const string OptimizerName = "optimizer.safetensors";
    private const string StateName = "state.json";
    private const string Prefix = "step-";

    /// <summary>Saves a checkpoint, then deletes those that are no longer wanted.</summary>
    /// <param name="model">The weights.</param>
    /// <param name="optimizer">The moments.</param>
    /// <param name="state">Where the run stands; its step names the checkpoint.</param>
    /// <exception cref="IOException">The disk is full or cannot be written; all earlier checkpoints are untouched.</exception>
    public void Save(Module model, Optimizer optimizer, TrainingState state)
    {
        string target = FolderOf(state.Step);
        string partial = target + ".partial";
        DeleteIfExists(partial);
        Directory.CreateDirectory(partial);
        try
        {
            TensorFile.Save(Path.Combine(partial, WeightsName), model.NamedParameters());
            TensorFile.Save(Path.Combine(partial, OptimizerName), optimizer.State());
            AtomicFile.WriteAllText(Path.Combine(partial, StateName), JsonSerializer.Serialize(state, TrainingJson.Default.TrainingState));
            DeleteIfExists(target);
            Directory.Move(partial, target);
        }
        catch
        {
            DeleteIfExists(partial);
            throw;
        }

        var wanted = new HashSet<int>(state.Best.Select(best => best.Step)) { state.Step };
        foreach (int step in Steps().Where(step => !wanted.Contains(step)))
        {
            DeleteIfExists(FolderOf(step));
        }
    }

    /// <summary>The steps of all whole checkpoints, in order.</summary>
    public IReadOnlyList<int> Steps() =>
        [.. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : -1)
            .Where(step => step >= 0 && File.Exists(Path.Combine(FolderOf(step), StateName)))
            .Order()];

    /// <summary>Restores the latest checkpoint.</summary>
    /// <param name="model">Receives the weights.</param>
    /// <param name="optimizer">Receives the moments.</param>
    /// <returns>Where the run stood, or null when there is no checkpoint.</returns>
    /// <exception cref="Models.Formats.ModelFileException">A file is damaged or belongs to another model.</exception>
    public TrainingState? LoadLatest(Module model, Optimizer optimizer)
    {
        IReadOnlyList<int> steps = Steps();
        if (steps.Count == 0)
        {
            return null;
        }

        string latest = FolderOf(steps[^1]);
        TrainingState state = ReadState(Path.Combine(latest, StateName));
        LoadWeights(steps[^1], model);
        optimizer.LoadState(TensorFile.Load(Path.Combine(latest, OptimizerName)));
        return state;
    }

    /// <summary>Restores the weights of one checkpoint.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="model">Receives the weights.</param>
    public void LoadWeights(int step, Module model) => model.Load(TensorFile.Load(Path.Combine(FolderOf(step), WeightsName)));

    private static TrainingState ReadState(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), TrainingJson.Default.TrainingState)
                ?? throw new Models.Formats.ModelFileException(path, "is empty; delete this checkpoint's folder to resume from the one before");
        }
        catch (JsonException exception)
        {
            throw new Models.Formats.ModelFileException(path, $"is not a run's state ({exception.Message}); delete this checkpoint's folder to resume from the one before", exception);
        }
    }

    private static void DeleteIfExists(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string FolderOf(int step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}"));
}
