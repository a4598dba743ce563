using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Heed.Cli.Demo;
using Heed.Cli.Terminal;
using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models;
using Heed.Tensors.Devices;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.Significance;
using Heed.Training.Data;

namespace Heed.Cli.Commands;

/// <summary><c>heed demo</c>: the whole story on an embedded corpus, in about a minute or two.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The folder for the model and the attention page; those of an earlier demo are replaced.", HelpName = "FOLDER", DefaultValueFactory = _ => "heed-demo" };
        var seed = NumberOption.Create<ulong>("--seed", "The seed of the corpus, the weights and the batches.", 1, 0);
        var threads = CommonOptions.Threads();
        var command = new Command("demo", "The whole story in less than two minutes: train a small translator, score it, and look inside.") { output, seed, threads };
        command.SetAction(parsed =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            using var cancellation = new Cancellation("stopping after this step");
            Run(parsed.GetValue(output)!, parsed.GetValue(seed), cancellation.Token);
            return 0;
        });
        return command;
    }

    private static void Run(string folder, ulong seed, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        OutputPath.RequireFolder(folder);
        DemoCorpus corpus = DemoGrammar.Generate(direction: null, DemoTraining.TrainingPairs, DemoTraining.HeldOutPairs, seed);
        Say($"Heed demo: one small Transformer learns German to English and English to French from {corpus.Training.Count} generated sentence pairs.");
        Say($"{Device.Default.Description}; seed {seed}");
        SentencePair example = corpus.Training[0];
        Say($"for example  {example.Source}  ->  {example.Target}");
        Say(string.Empty);

        LoadedModel model = DemoTraining.Run(corpus, seed, cancellation);
        string modelFolder = Path.Combine(folder, "model");
        ModelFolder.Save(modelFolder, model.Model, model.Tokenizer, model.Decoding, DemoTraining.Card(seed, corpus.Training.Count));
        var translator = new Translator(model);
        Score(translator, corpus, cancellation);
        Showcase(translator, corpus, folder, cancellation);
        Say($"model           {modelFolder}   try: heed translate --model {modelFolder} \"Der Hund schläft.\"");
        Say($"done in {ProgressText.Duration(Stopwatch.GetElapsedTime(started).TotalSeconds)}");
    }

    private static void Score(Translator translator, DemoCorpus corpus, CancellationToken cancellation)
    {
        Say($"{corpus.HeldOut.Count} held-out sentences, whose combinations of words never occur in training:");
        foreach ((string name, int direction) in new[] { ("German to English", 0), ("English to French", 1) })
        {
            SentencePair[] pairs = [.. corpus.HeldOut.Where((_, i) => i % 2 == direction)];
            string[] hypotheses = [.. translator.Translate(pairs.Select(pair => pair.Source), cancellation: cancellation).Select(translation => translation.Text)];
            BleuScore score = new BleuMetric().Corpus(hypotheses, [[.. pairs.Select(pair => pair.Target)]], new BootstrapResampling());
            int exact = hypotheses.Zip(pairs).Count(both => both.First == both.Second.Target);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {score.Format(1)}, {100.0 * exact / pairs.Length:F1} % exactly right"));
            Console.Out.WriteLine($"    {score.Signature}, {ModelOptions.Describe(translator.Options)}");
        }

        Console.Out.WriteLine();
    }

    private static void Showcase(Translator translator, DemoCorpus corpus, string folder, CancellationToken cancellation)
    {
        var explanations = new List<TranslationExplanation>();
        foreach (SentencePair pair in corpus.Showcase)
        {
            TranslationExplanation explanation = translator.Explain(pair.Source, cancellation: cancellation);
            explanations.Add(explanation);
            Console.Out.WriteLine($"  {pair.Source}");
            Console.Out.WriteLine($"  {explanation.TargetText}{(explanation.TargetText == pair.Target ? string.Empty : $"   (expected: {pair.Target})")}");
            Console.Out.WriteLine();
        }

        TranslationExplanation first = explanations[0];
        Say("What each English word looked at (last decoder layer, mean over heads):");
        Console.Out.WriteLine(AttentionText.Render(first.TargetTokens, first.SourceTokens, LastCrossAttention(first)));
        string page = Path.Combine(folder, "attention.html");
        AttentionPage.Save(page, explanations);
        Say($"attention page  {page}");
    }

    private static float[,] LastCrossAttention(TranslationExplanation explanation)
    {
        AttentionMap[] heads = [.. explanation.Maps.Where(map => map.Kind == AttentionKind.Cross).GroupBy(map => map.Layer).MaxBy(layer => layer.Key)!];
        var mean = new float[heads[0].Weights.GetLength(0), heads[0].Weights.GetLength(1)];
        foreach (AttentionMap head in heads)
        {
            for (int i = 0; i < mean.GetLength(0); i++)
            {
                for (int j = 0; j < mean.GetLength(1); j++)
                {
                    mean[i, j] += head.Weights[i, j] / heads.Length;
                }
            }
        }

        return mean;
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
