using System.Globalization;
using Heed.Models.Configuration;
using Heed.Testing;
using Heed.Training.Compare;
using Heed.Training.Data;

namespace Heed.Training.Tests.Compare;

public sealed class CompareStudyTests : IDisposable
{
    private static readonly CompareSettings Tiny = new()
    {
        Architectures = ["gru", "transformer"],
        Tasks = new TaskSettings { Parameters = 3000, Steps = 2, SequencesPerStep = 2, TestSequences = 3, RecallDistances = [1, 3], CopyLengths = [2], AgreementClauses = [1], SubjectClauses = [1], GradientDistance = 4 },
        Speed = new SpeedSettings { Parameters = 20_000, Lengths = [2, 4], Sequences = 2, Steps = 1 },
        Translation = new LongTranslationSettings { Parameters = 20_000, Steps = 2, BatchTokens = 100, VocabSize = 300, TrainPairs = 6, TestPairs = 3, Joins = [1, 2] },
        Ladder = [new LadderRung("missing", "no-such.yaml")],
    };

    private readonly TemporaryFolder folder = new();

    private string Out => folder.File("out");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_comparison_writes_its_report_and_every_number()
    {
        CompareResults results = Study(Tiny).Run(new Steps());
        string html = File.ReadAllText(Path.Combine(Out, "report.html"));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Contains("The rung missing of the ladder was left out: there is no file no-such.yaml.", html, StringComparison.Ordinal);
        foreach (string chart in new[] { "agreement", "subject", "subject-loss", "recall", "copy", "gradient-before", "gradient-after", "step-time", "tokens-per-second", "memory", "long-translation" })
        {
            Assert.Equal(["GRU", "Transformer"], results.Measurements.Where(found => found.Chart == chart).Select(found => found.Architecture).Distinct());
        }

        Assert.All(results.Measurements.Where(found => found.Chart.StartsWith("gradient", StringComparison.Ordinal)), found => Assert.InRange(found.Value, 0, 1));
        string[] csv = File.ReadAllLines(Path.Combine(Out, "results.csv"));
        Assert.Equal(results.Measurements.Count + 1, csv.Length);
        Assert.Contains(csv, line => line.StartsWith($"recall,GRU,3,{results.Measurements.First(found => found is { Chart: "recall", X: 3 }).Value.ToString("G9", CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        Assert.Equal(Tiny.ToYaml(), CompareSettings.Load(Path.Combine(Out, "settings.yaml")).ToYaml());
    }

    [Fact]
    public void What_is_finished_is_not_measured_again()
    {
        using var cancellation = new CancellationTokenSource();
        var first = new Steps(unit =>
        {
            if (unit.StartsWith("recall, Transformer", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Study(Tiny).Run(first, cancellation.Token));
        Assert.False(File.Exists(Path.Combine(Out, "report.html")));

        var second = new Steps();
        Study(Tiny).Run(second);
        Assert.Equal(["recall, Transformer", "copy, GRU"], second.Units.Take(2));

        var third = new Steps();
        Study(Tiny with { Speed = Tiny.Speed with { Steps = 2 } }).Run(third);
        Assert.Equal(["speed, GRU", "speed, Transformer"], third.Units);
    }

    [Fact]
    public void Single_parts_are_measured_alone_and_again()
    {
        var first = new Steps();
        CompareResults results = Study(Tiny, ["recall"]).Run(first);
        Assert.Equal(["recall, GRU", "recall, Transformer"], first.Units);
        Assert.Contains(results.Notes, note => note.StartsWith("Not measured yet: agreement; subject; copy; translation; speed.", StringComparison.Ordinal));

        Study(Tiny).Run(new Steps());
        var last = new Steps();
        CompareResults all = Study(Tiny, ["speed"], again: true).Run(last);
        Assert.Equal(["speed, GRU", "speed, Transformer"], last.Units);
        Assert.DoesNotContain(all.Notes, note => note.StartsWith("Not measured", StringComparison.Ordinal));
        Assert.Contains(all.Measurements, found => found.Chart == "long-translation");
        Assert.Contains("the parts are agreement", Assert.Throws<ConfigException>(() => Study(Tiny, ["time"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_times_are_the_same_again()
    {
        string[] Run(string name) => [.. new CompareStudy(Tiny, folder.File(name)) { EmbeddedPairs = Pairs }.Run(new Steps()).Measurements
            .Where(found => found.Chart is not ("step-time" or "tokens-per-second" or "memory")).Select(found => found.ToString())];
        Assert.Equal(Run("one"), Run("two"));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Contains("tasks.steps is 0", Assert.Throws<ConfigException>((Tiny with { Tasks = Tiny.Tasks with { Steps = 0 } }).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("\"perceptron\" is not known", Assert.Throws<ConfigException>((Tiny with { Architectures = ["perceptron"] }).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("did you mean \"steps\"", Assert.Throws<ConfigException>(() => Tiny.With(["tasks.step=3"])).Message, StringComparison.Ordinal);
        Assert.Contains("tasks.recallLabels is 1", Assert.Throws<ConfigException>(Tiny.With(["tasks.recallLabels=1"]).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("tasks.subjectNouns is 99", Assert.Throws<ConfigException>(Tiny.With(["tasks.subjectNouns=99"]).Validate).Message, StringComparison.Ordinal);
        Assert.Contains("subjectNouns 5 is enough for 1", Assert.Throws<ConfigException>(Tiny.With(["tasks.subjectNouns=5"]).Validate).Message, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut) Pairs(int training, int heldOut)
    {
        SentencePair[] pairs = [.. Enumerable.Range(0, training + heldOut).Select(i => new SentencePair($"der hund {i} schläft", $"the dog {i} sleeps"))];
        return (pairs[..training], pairs[training..]);
    }

    private CompareStudy Study(CompareSettings settings, string[]? only = null, bool again = false) => new(settings, Out) { EmbeddedPairs = Pairs, Only = only ?? [], Again = again };

    private sealed class Steps(Action<string>? onUnit = null) : IProgress<CompareProgress>
    {
        public List<string> Units { get; } = [];

        public void Report(CompareProgress value)
        {
            if (!Units.Contains(value.Unit))
            {
                Units.Add(value.Unit);
                onUnit?.Invoke(value.Unit);
            }
        }
    }
}
