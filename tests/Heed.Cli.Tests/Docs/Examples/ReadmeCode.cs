using Heed.Models;
using Heed.Text.Metrics;
using Heed.Training;
using Heed.Training.Configuration;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The examples of README.md that read and write files of the reader's: compiled, not run.</summary>
internal static class ReadmeCode
{
    public static void Translate()
    {
        Translator translator = Translator.Load("runs/translator/model");
        Console.WriteLine(translator.Translate("Der Hund schläft.").Text);

        // A stream of any length: results in order, batches by length. One translator serves many threads.
        foreach (Translation translation in translator.Translate(File.ReadLines("in.txt")))
        {
            Console.WriteLine(translation.Text);
        }
    }

    public static void Train()
    {
        TrainingRun run = TrainingRun.Start(RunConfig.Load("translator.yaml"), new RunDirectory("runs/translator"));
        run.Trainer.Run();
        foreach (MetricScore score in run.Finish())
        {
            Console.WriteLine(score.Format(withSignature: true));
        }
    }
}
