using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>embed, with a tiny BERT and a few words for it.</summary>
[Collection(nameof(CommandLine))]
public sealed class EmbedCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_line_becomes_a_vector_in_order()
    {
        CommandResult result = (await HeedProcess.Run("b c\nb\na b c b a c b\nb c"u8.ToArray(), "embed", "--model", Model(), "--normalize")).Succeeds();
        JsonNode[] vectors = [.. result.Lines.Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["b c", "b", "a b c b a c b", "b c"], vectors.Select(vector => (string)vector["text"]!));
        Assert.Equal([2, 1, 7, 2], vectors.Select(vector => (int)vector["tokens"]!));
        Assert.Equal(vectors[0]["embedding"]!.ToJsonString(), vectors[3]["embedding"]!.ToJsonString());
        Assert.All(vectors, vector => Assert.Equal(1, vector["embedding"]!.AsArray().Sum(value => Math.Pow((float)value!, 2)), 1e-5));
    }

    [Fact]
    public void Pooling_and_dimensions_change_the_vector()
    {
        float[] mean = Vector(), first = Vector("--pooling", "cls"), few = Vector("--dimensions", "3");
        Assert.NotEqual(mean, first);
        Assert.Equal(mean[..3], few);
    }

    [Fact]
    public async Task Pairs_have_a_cosine()
    {
        CommandResult result = (await HeedProcess.Run(Encoding.UTF8.GetBytes("a b\ta b\na\tc b b\n"), "embed", "--model", Model(), "--similarity", "--format", "tsv")).Succeeds();
        Assert.Equal("1.000000", result.Lines[0]);
        Assert.InRange(double.Parse(result.Lines[1], CultureInfo.InvariantCulture), -1, 0.999999);
        (await HeedProcess.Run("a b\n"u8.ToArray(), "embed", "--model", Model(), "--similarity")).FailsWith(2, "line 1: expected two texts with a tab between, found 0 tabs");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        CommandLine.Run("embed", "a", "--model", Model(), "--pooling", "max").FailsWith(2, "--pooling max is not known; use mean or cls");
        CommandLine.Run("embed", "a", "--model", Model(), "--format", "npy").FailsWith(2, "--format npy is not known");
        CommandLine.Run("embed", string.Concat(Enumerable.Repeat("a ", 5000)), "--model", Model()).FailsWith(2, "text 0 has 5000 tokens, but the model reads");
        CommandLine.Run("embed", "a", "--model", SharedFolder.PathOrSkip("golden/hf/llama")).FailsWith(2, "makes no vectors of texts");
    }

    private float[] Vector(params string[] options) => [.. CommandLine.Run(["embed", "a b c", "--model", Model(), "--format", "tsv", .. options]).Succeeds().Lines[0].Split('\t')
        .Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    private string Model()
    {
        string model = folder.File("model");
        if (!Directory.Exists(model))
        {
            Directory.CreateDirectory(model);
            foreach (string file in Directory.GetFiles(SharedFolder.PathOrSkip("golden/hf/bert-mlm")))
            {
                File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
            }

            File.WriteAllText(Path.Combine(model, "tokenizer.json"), """
                {"pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "c": 3}}}
                """);
        }

        return model;
    }
}
