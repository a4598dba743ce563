using System.Diagnostics;
using System.Text.Json;
using Heed.Models.Configuration;
using Heed.Tensors.Devices;
using Heed.Text.IO;
using Heed.Training.Compare.Report;
using Heed.Training.Data;

namespace Heed.Training.Compare;

/// <summary>Where a comparison stands.</summary>
/// <param name="Unit">The piece being measured.</param>
/// <param name="Done">Pieces finished, and the share of this one.</param>
/// <param name="Total">All pieces.</param>
public readonly record struct CompareProgress(string Unit, double Done, int Total);

/// <summary>Measures a set of architectures against each other, piece by piece, and writes the report. What <c>heed compare</c> does.</summary>
/// <param name="settings">What to measure; checked.</param>
/// <param name="folder">Where everything goes: <c>report.html</c>, <c>results.csv</c>, <c>results.json</c>, <c>settings.yaml</c> and the finished pieces.</param>
public sealed class CompareStudy(CompareSettings settings, string folder)
{
    private readonly CompareStore store = new(Path.Combine(folder, "pieces"));
    private readonly List<string> notes = [];

    /// <summary>The page.</summary>
    public string ReportPath => Path.Combine(folder, "report.html");

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Sentence pairs that need no file: training pairs and held-out pairs, in the numbers asked for.</summary>
    public Func<int, int, (IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut)>? EmbeddedPairs { get; init; }

    /// <summary>The parts of the study to measure; all when empty. Of the others the report shows what was measured before.</summary>
    /// <exception cref="ConfigException">There is no such part.</exception>
    public IReadOnlyList<string> Only
    {
        get;
        init => field = value.FirstOrDefault(part => !CompareUnit.Parts.Contains(part)) is { } unknown
            ? throw new ConfigException($"\"{unknown}\" is no part of the comparison; the parts are {string.Join(", ", CompareUnit.Parts)}")
            : value;
    } = [];

    /// <summary>Whether what was measured before is measured again.</summary>
    public bool Again { get; init; }

    /// <summary>Measures all that is not measured yet, then writes the report.</summary>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancellation">Stops at the next step; finished pieces are kept.</param>
    /// <exception cref="OperationCanceledException">Somebody stopped it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public CompareResults Run(IProgress<CompareProgress> progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        settings.Validate();
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, "settings.yaml"), settings.ToYaml());
        CompareUnit[] units = [.. CompareUnit.All(WithoutMissingRuns(), Pairs(), folder)];
        var found = new List<UnitResult>();
        var missing = new List<CompareUnit>();
        foreach ((int done, CompareUnit unit) in units.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(unit, progress, done, units.Length, cancellation) is { } result)
            {
                found.Add(result);
            }
            else
            {
                missing.Add(unit);
            }
        }

        if (missing.Count > 0)
        {
            notes.Add($"Not measured yet: {string.Join("; ", missing.GroupBy(unit => unit.Part).Select(part => Missing([.. part], [.. units.Where(unit => unit.Part == part.Key)])))}.");
        }

        var results = new CompareResults(settings, Machine(), Math.Round(found.Sum(unit => unit.Seconds), 1), notes, [.. found.SelectMany(unit => unit.Measurements)]);
        AtomicFile.WriteAllText(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(results, CompareJson.Default.CompareResults));
        AtomicFile.WriteAllText(Path.Combine(folder, "results.csv"), CsvText.Write(results.Measurements));
        AtomicFile.WriteAllText(ReportPath, ReportPage.Render(results));
        return results;
    }

    // A part of which nothing was measured needs no list.
    private static string Missing(CompareUnit[] missing, CompareUnit[] all) =>
        missing.Length == all.Length ? missing[0].Part : string.Join("; ", missing.Select(unit => unit.Title));

    // Null where a piece is neither there nor asked for.
    private UnitResult? Find(CompareUnit unit, IProgress<CompareProgress> progress, int done, int total, CancellationToken cancellation)
    {
        bool chosen = Only.Count == 0 || Only.Contains(unit.Part);
        UnitResult? earlier = chosen && Again ? null : store.Load(unit.Name, unit.Fingerprint);
        return earlier ?? (chosen ? Measure(unit, done, total, progress, cancellation) : null);
    }

    private UnitResult Measure(CompareUnit unit, int done, int total, IProgress<CompareProgress> progress, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        progress.Report(new CompareProgress(unit.Title, done, total));
        IReadOnlyList<Measurement> measurements = unit.Run(new Share(share => progress.Report(new CompareProgress(unit.Title, done + share, total))), cancellation);
        var result = new UnitResult(unit.Name, unit.Fingerprint, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2), measurements);
        store.Save(result);
        return result;
    }

    private Func<(IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut)>? Pairs()
    {
        LongTranslationSettings sizes = settings.Translation;
        if (sizes.Pairs is not { } path)
        {
            return EmbeddedPairs is { } embedded ? () => embedded(sizes.TrainPairs, sizes.TestPairs) : null;
        }

        if (!File.Exists(path))
        {
            notes.Add($"Translation of long sentences was left out: there is no file {path}.");
            return null;
        }

        return () => FilePairs.Read(path, sizes, settings.Seed);
    }

    private CompareSettings WithoutMissingRuns()
    {
        var rungs = new List<LadderRung>();
        foreach (LadderRung rung in settings.Ladder)
        {
            string? missing = File.Exists(rung.Config) ? FilePairs.MissingCorpus(rung.Config) : rung.Config;
            if (missing is null)
            {
                rungs.Add(rung);
            }
            else
            {
                notes.Add($"The rung {rung.Name} of the ladder was left out: there is no file {missing}.");
            }
        }

        return settings with { Ladder = rungs };
    }

    private static string Machine() => $"{Device.Default.Description}, {Environment.ProcessorCount} processors, .NET {Environment.Version}";

    // Progress<T> would post to another thread, out of order.
    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
