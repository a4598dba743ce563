using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Heed.Training.Compare.Studies;
using Heed.Training.Compare.Tasks;
using Heed.Training.Data;

namespace Heed.Training.Compare;

/// <summary>One piece of a comparison: one architecture in one study.</summary>
/// <param name="Part">The study: one of <see cref="Parts"/>.</param>
/// <param name="Name">Its name: a file's.</param>
/// <param name="Title">What the progress line says.</param>
/// <param name="Fingerprint">The settings that decide what it finds.</param>
/// <param name="Run">Measures.</param>
internal sealed record CompareUnit(string Part, string Name, string Title, string Fingerprint, Func<IProgress<double>, CancellationToken, IReadOnlyList<Measurement>> Run)
{
    /// <summary>All studies, in order; the speed comes last, when nothing else is to be measured.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["agreement", "subject", "recall", "copy", "translation", "ladder", "speed"];

    /// <summary>All pieces of a comparison, in order.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="pairs">Sentence pairs to learn from and to measure on, made when first needed.</param>
    /// <param name="folder">Where whole runs go.</param>
    public static IEnumerable<CompareUnit> All(CompareSettings settings, Func<(IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut)>? pairs, string folder)
    {
        Architecture[] architectures = [.. settings.Architectures.Select(Architecture.Find)];
        string seed = $"seed {settings.Seed}, ";
        foreach (SequenceTask task in Tasks(settings.Tasks))
        {
            foreach (Architecture architecture in architectures)
            {
                yield return new CompareUnit(
                    task.Name, $"{task.Name}-{architecture.Name}", $"{task.Name}, {architecture.Label}", seed + Text(settings.Tasks, CompareJson.Default.TaskSettings),
                    (progress, cancellation) => new TaskStudy(settings, task, architecture).Run(progress, cancellation));
            }
        }

        if (pairs is not null)
        {
            var study = new Lazy<LongTranslationStudy>(() =>
            {
                (IReadOnlyList<SentencePair> training, IReadOnlyList<SentencePair> heldOut) = pairs();
                return new LongTranslationStudy(settings, training, heldOut);
            });
            foreach (Architecture architecture in architectures)
            {
                yield return new CompareUnit(
                    "translation", $"translation-{architecture.Name}", $"translation, {architecture.Label}", seed + Text(settings.Translation, CompareJson.Default.LongTranslationSettings),
                    (progress, cancellation) => study.Value.Run(architecture, progress, cancellation));
            }
        }

        foreach ((int number, LadderRung rung) in settings.Ladder.Index())
        {
            string name = $"ladder-{Path.GetFileNameWithoutExtension(rung.Config)}";
            string config = File.Exists(rung.Config) ? File.ReadAllText(rung.Config) : string.Empty;
            yield return new CompareUnit(
                "ladder", name, $"ladder, {rung.Name}", seed + config,
                (progress, cancellation) => LadderStudy.Run(rung, number + 1, Path.Combine(folder, "runs", $"{name}-{Hash(config)}"), settings.Seed, progress, cancellation));
        }

        foreach (Architecture architecture in architectures)
        {
            yield return new CompareUnit(
                "speed", $"speed-{architecture.Name}", $"speed, {architecture.Label}", seed + Text(settings.Speed, CompareJson.Default.SpeedSettings),
                (progress, cancellation) => new SpeedStudy(settings, architecture).Run(progress, cancellation));
        }
    }

    private static IEnumerable<SequenceTask> Tasks(TaskSettings settings) =>
    [
        new AgreementTask { LongestTrained = settings.TrainedAgreementClauses, Measured = settings.AgreementClauses },
        new NamedSubjectTask(settings.SubjectNouns) { LongestTrained = settings.TrainedSubjectClauses, Measured = settings.SubjectClauses },
        new RecallTask { Labels = settings.RecallLabels, LongestTrained = settings.TrainedRecallDistance, Measured = settings.RecallDistances },
        new CopyTask { LongestTrained = settings.TrainedCopyLength, Measured = settings.CopyLengths },
    ];

    // A run is continued only if it was begun with the same configuration.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static string Text<T>(T section, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(section, type));
}
