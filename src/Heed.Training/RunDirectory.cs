using System.Globalization;
using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Training;

/// <summary>
/// The folder of one run: <c>config.yaml</c> as used, <c>log.jsonl</c>, <c>samples.txt</c>, <c>checkpoints/</c>, the tokenizer, the parts of
/// texts that the run divided, and, at the end, the adapter if one was trained and the finished model in <c>model/</c>.
/// </summary>
/// <param name="path">The folder; <see cref="Create"/> makes it.</param>
public sealed class RunDirectory(string path)
{
    /// <summary>The name of the file in the run's folder by which <see cref="Lock"/> keeps others out.</summary>
    public const string LockName = "run.lock";

    private const string ConfigName = "config.yaml";
    private const string LogName = "log.jsonl";
    private const string SamplesName = "samples.txt";
    private const string CheckpointsName = "checkpoints";
    private const string TokenizerName = "tokenizer";
    private const string SplitName = "split";
    private const string AdapterName = "adapter";
    private const string ModelName = "model";
    private const string SampleHeading = "step ";

    private static readonly string[] Parts = [ConfigName, LogName, SamplesName, CheckpointsName, TokenizerName, SplitName, AdapterName, ModelName, LockName];
    private static readonly string[] Leftovers = [".partial", ".previous"]; // of a process that was killed while it replaced a part

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The configuration as used.</summary>
    public string ConfigPath => In(ConfigName);

    /// <summary>One JSON object a line: see <see cref="LogEntry"/>.</summary>
    public string LogPath => In(LogName);

    /// <summary>What the model wrote at each validation.</summary>
    public string SamplesPath => In(SamplesName);

    /// <summary>The checkpoints, one folder each.</summary>
    public string CheckpointsPath => In(CheckpointsName);

    /// <summary>The finished model, ready to serve and to fine-tune.</summary>
    public string ModelPath => In(ModelName);

    /// <summary>What a run learned from, validated on and was scored on, where it divided one set of texts.</summary>
    public string SplitPath => In(SplitName);

    /// <summary>The adapter that was trained, where the run trains one; the finished model has it in its weights.</summary>
    public string AdapterPath => In(AdapterName);

    /// <summary>The tokenizer that the run trained or was given.</summary>
    public string TokenizerPath => In(TokenizerName);

    /// <summary>Whether a run was started here: its configuration is the last thing that a start writes.</summary>
    public bool Exists => File.Exists(ConfigPath) || (Directory.Exists(CheckpointsPath) && Directory.EnumerateFileSystemEntries(CheckpointsPath).Any());

    /// <summary>Whether a file or folder within a run's folder is part of the run.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsPart(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? leftover = Leftovers.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        return Parts.Contains(leftover is null ? name : name[..^leftover.Length]);
    }

    /// <summary>Keeps other processes from working on the run until the result is disposed of.</summary>
    /// <exception cref="IOException">Another process works on it, or the folder cannot be written to.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(Path);
        try
        {
            return new FileStream(In(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(In(LockName)))
        {
            throw new IOException($"another process is working on the run in {Path}; wait for it, stop it, or choose another folder with --out", error);
        }
    }

    /// <summary>Makes the folders.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(CheckpointsPath);
    }

    /// <summary>Appends a line to the log.</summary>
    /// <param name="entry">The line.</param>
    public void Log(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        File.AppendAllText(LogPath, JsonSerializer.Serialize(entry, TrainingJson.Default.LogEntry) + "\n");
    }

    /// <summary>Removes what a run that was killed wrote after its last checkpoint, so that log and samples have each step once.</summary>
    /// <param name="step">The step that the run resumes from.</param>
    public void Rewind(int step)
    {
        if (File.Exists(LogPath))
        {
            AtomicFile.WriteAllText(LogPath, Lines(File.ReadLines(LogPath).Where(line => StepOf(line) <= step)));
        }

        if (File.Exists(SamplesPath))
        {
            AtomicFile.WriteAllText(SamplesPath, Lines(File.ReadLines(SamplesPath).TakeWhile(line => !(SampleStepOf(line) > step))));
        }
    }

    /// <summary>Appends what the model wrote at a validation to the samples.</summary>
    /// <param name="step">The step.</param>
    /// <param name="samples">The texts; each may have several lines, whose ends become LF.</param>
    public void AppendSamples(int step, IEnumerable<string> samples) =>
        File.AppendAllText(SamplesPath, Lines([$"{SampleHeading}{step.ToString(CultureInfo.InvariantCulture)}", .. samples.SelectMany(sample => sample.ReplaceLineEndings("\n").Split('\n').Select(line => "  " + line).Append(string.Empty))]));

    private string In(string name) => System.IO.Path.Combine(Path, name);

    // The last line of a killed run may be cut.
    private static int? StepOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TrainingJson.Default.LogEntry)?.Step;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? SampleStepOf(string line) =>
        line.StartsWith(SampleHeading, StringComparison.Ordinal) && int.TryParse(line[SampleHeading.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : null;

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
