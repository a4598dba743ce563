using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminal;
using Heed.Models.Embeddings;
using Heed.Models.Encoders;
using Heed.Text.IO;

namespace Heed.Cli.Commands;

/// <summary><c>heed embed</c>: texts as vectors.</summary>
internal static class EmbedCommand
{
    private const int WindowLines = 1024;

    private sealed record Settings(TextEmbedder Embedder, EmbeddingOptions Options, bool Tsv);

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A folder in Hugging Face's layout with BERT, RoBERTa or DistilBERT.", HelpName = "FOLDER", Required = true };
        Option<string?> tokenizer = CommonOptions.Tokenizer();
        var pooling = new Option<string?>("--pooling") { Description = "How the states of a text's tokens become one vector: mean, or cls (the first one). When omitted: as the folder says, else mean.", HelpName = "KIND" };
        var normalize = new Option<bool>("--normalize") { Description = "Scale vectors to length 1." };
        var dimensions = NumberOption.Optional("--dimensions", "Keep this many of a vector's first numbers.", 1);
        var truncate = new Option<bool>("--truncate") { Description = "Cut texts that are longer than the model reads, instead of ending with an error." };
        var format = new Option<string>("--format") { Description = "json: an object a line; tsv: a vector's numbers with tabs between, a line each.", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        var similarity = new Option<bool>("--similarity") { Description = "Lines hold two texts with a tab between; print the cosine of their vectors." };
        Option<int?> threads = CommonOptions.Threads();
        var text = new Argument<string?>("TEXT") { Description = "A text, in quotes. When omitted: standard input, line by line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("embed", "Turn texts into vectors, one for each line, in order.") { text, model, tokenizer, pooling, normalize, dimensions, truncate, format, similarity, threads };
        command.SetAction(parsed =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            bool tsv = IsTsv(parsed.GetValue(format)!);
            Pooling? chosen = parsed.GetValue(pooling) is { } name ? PoolingOf(name) : null; // before the work
            TextEmbedder embedder = TextEmbedder.Load(parsed.GetValue(model)!, parsed.GetValue(tokenizer));
            EmbeddingOptions options = embedder.Options with
            {
                Pooling = chosen ?? embedder.Options.Pooling,
                Normalize = parsed.GetValue(normalize) || embedder.Options.Normalize,
                Dimensions = parsed.GetValue(dimensions),
                Truncate = parsed.GetValue(truncate),
            };
            IEnumerable<string> lines = parsed.GetValue(text) is { } one ? [one] : TextLineReader.ReadStandardInput();
            var settings = new Settings(embedder, options, tsv);
            using var cancellation = new Cancellation("stopping after this batch");
            long done = 0;
            foreach (string[] window in lines.Chunk(WindowLines))
            {
                Write(settings, window, done, parsed.GetValue(similarity), cancellation.Token);
                done += window.Length;
            }

            return 0;
        });
        return command;
    }

    private static void Write(Settings settings, string[] lines, long before, bool similarity, CancellationToken cancellation)
    {
        if (similarity)
        {
            WriteSimilarities(settings, [.. lines.Select((line, place) => Pair(line, before + place + 1))], cancellation);
            return;
        }

        foreach ((string line, TextEmbedding embedding) in lines.Zip(settings.Embedder.Embed(lines, settings.Options, cancellation)))
        {
            if (settings.Tsv)
            {
                Console.Out.WriteLine(Tsv(embedding.Vector.Span));
                continue;
            }

            Output.Json(new JsonObject
            {
                ["text"] = line,
                ["tokens"] = embedding.Tokens,
                ["embedding"] = new JsonArray([.. embedding.Vector.ToArray().Select(value => JsonValue.Create(value))]),
            });
        }
    }

    private static void WriteSimilarities(Settings settings, (string First, string Second)[] pairs, CancellationToken cancellation)
    {
        IReadOnlyList<TextEmbedding> found = settings.Embedder.Embed([.. pairs.SelectMany(pair => (string[])[pair.First, pair.Second])], settings.Options, cancellation);
        for (int i = 0; i < pairs.Length; i++)
        {
            double cosine = Cosine(found[2 * i].Vector.Span, found[(2 * i) + 1].Vector.Span);
            if (settings.Tsv)
            {
                Console.Out.WriteLine(cosine.ToString("F6", CultureInfo.InvariantCulture));
                continue;
            }

            Output.Json(new JsonObject { ["first"] = pairs[i].First, ["second"] = pairs[i].Second, ["similarity"] = Math.Round(cosine, 6) });
        }
    }

    private static (string First, string Second) Pair(string line, long number) => line.Split('\t') is [{ } first, { } second]
        ? (first, second)
        : throw new InvalidDataException($"line {number}: expected two texts with a tab between, found {line.Count(c => c == '\t')} tabs");

    private static double Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        (double dot, double a, double b) = (0, 0, 0);
        for (int i = 0; i < first.Length; i++)
        {
            dot += (double)first[i] * second[i];
            a += (double)first[i] * first[i];
            b += (double)second[i] * second[i];
        }

        return a > 0 && b > 0 ? dot / Math.Sqrt(a * b) : 0;
    }

    private static string Tsv(ReadOnlySpan<float> vector)
    {
        var numbers = new string[vector.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = vector[i].ToString("R", CultureInfo.InvariantCulture);
        }

        return string.Join('\t', numbers);
    }

    private static bool IsTsv(string name) => name switch
    {
        "json" => false,
        "tsv" => true,
        _ => throw new UsageException($"--format {name} is not known; use json or tsv"),
    };

    private static Pooling PoolingOf(string name) => name switch
    {
        "mean" => Pooling.Mean,
        "cls" => Pooling.First,
        _ => throw new UsageException($"--pooling {name} is not known; use mean or cls"),
    };
}
