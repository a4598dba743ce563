using System.CommandLine;
using Heed.Cli.Demo;
using Heed.Cli.Terminal;
using Heed.Training.Compare;
using Heed.Training.Data;

namespace Heed.Cli.Commands;

/// <summary><c>heed compare</c>: the models that came before the Transformer, and the Transformer, on the same work.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var config = new Argument<string?>("CONFIG") { Description = "A YAML file of settings; what it leaves out is as in the quick preset.", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string>("--preset") { Description = "quick: a few minutes, nothing but generated data. full: some hours on two cores, with corpora.", HelpName = "NAME", DefaultValueFactory = _ => "quick" };
        preset.AcceptOnlyFromAmong("quick", "full");
        var set = new Option<string[]>("--set") { Description = "Change a setting: --set tasks.steps=2000. Repeatable.", HelpName = "KEY=VALUE" };
        var architectures = new Option<string[]>("--architectures") { Description = $"Some of {string.Join(", ", Architecture.All.Select(architecture => architecture.Name))}.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var only = new Option<string[]>("--only") { Description = "Measure these parts only; the report shows what was measured before of the others. The parts are agreement, subject, recall, copy, translation, ladder and speed.", HelpName = "PART", AllowMultipleArgumentsPerToken = true };
        var again = new Option<bool>("--again") { Description = "Measure again what was measured before: with --only speed, the speed on a quiet machine. Finished training runs of the ladder are scored again, not trained again." };
        var seed = NumberOption.Optional<ulong>("--seed", "The seed of everything random.", 0, long.MaxValue);
        var output = new Option<string>("--out") { Description = "The folder for the report. Run again with the same folder to continue.", HelpName = "FOLDER", DefaultValueFactory = _ => "heed-compare" };
        var threads = CommonOptions.Threads();
        var command = new Command("compare", "Measure RNN, LSTM, GRU, attention, convolution and Transformer on the same work, and write a report.") { config, preset, set, architectures, only, again, seed, output, threads };
        command.SetAction(parsed =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            string folder = parsed.GetValue(output)!;
            OutputPath.RequireFolder(folder);
            CompareSettings settings = (parsed.GetValue(config) is { } path ? CompareSettings.Load(path) : Preset(parsed.GetValue(preset)!)).With(parsed.GetValue(set) ?? []);
            settings = settings with
            {
                Architectures = parsed.GetValue(architectures) is { Length: > 0 } chosen ? chosen : settings.Architectures,
                Seed = parsed.GetValue(seed) ?? settings.Seed,
            };
            settings.Validate();
            using var cancellation = new Cancellation("stopping after this step; what is finished is kept: run the same command again to continue");
            var study = new CompareStudy(settings, folder)
            {
                EmbeddedPairs = (training, heldOut) => DemoPairs(training, heldOut, settings.Seed),
                Only = parsed.GetValue(only) ?? [],
                Again = parsed.GetValue(again),
            };
            Run(study, cancellation.Token);
            return 0;
        });
        return command;
    }

    private static CompareSettings Preset(string name) => name == "full" ? CompareSettings.Full() : CompareSettings.Quick();

    private static void Run(CompareStudy study, CancellationToken cancellation)
    {
        using (var progress = new Progress())
        {
            study.Run(progress, cancellation);
        }

        foreach (string note in study.Notes)
        {
            Console.Error.WriteLine(note);
        }

        Console.Out.WriteLine(study.ReportPath);
    }

    private static (IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut) DemoPairs(int training, int heldOut, ulong seed)
    {
        DemoCorpus corpus = DemoGrammar.Generate(DemoDirection.GermanToEnglish, training, heldOut, seed);
        return (corpus.Training, corpus.HeldOut);
    }

    /// <summary>One bar over all pieces, in thousandths, and on a terminal or not a line for each piece.</summary>
    private sealed class Progress : IProgress<CompareProgress>, IDisposable
    {
        private const int Parts = 1000;

        private ProgressLine? bar;
        private string? unit;

        public void Report(CompareProgress value)
        {
            bar ??= new ProgressLine("compared, in thousandths:", Parts, (long)(Parts * value.Done / value.Total));
            if (unit != value.Unit)
            {
                unit = value.Unit;
                bar.Clear();
                Console.Error.WriteLine($"{(int)value.Done + 1} of {value.Total}: {unit}");
            }

            bar.Report((long)(Parts * value.Done / value.Total), unit);
        }

        public void Dispose() => bar?.Dispose();
    }
}
