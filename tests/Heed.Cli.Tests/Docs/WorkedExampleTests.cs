using System.Globalization;
using Heed.Models;
using Heed.Models.Chat;
using Heed.Models.Prompts;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Adapters;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Schedules;
using Heed.Tensors;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Significance;
using Heed.Text.Metrics.Ter;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Tests.Docs;

/// <summary>The numbers in docs/concepts are those that the code computes.</summary>
public sealed class WorkedExampleTests
{
    private static readonly Tensor Query = Tensor.From([1, 0, 0, 1, 1, 1], new Shape(3, 2));
    private static readonly Tensor Value = Tensor.From([10, 0, 0, 10, 5, 5], new Shape(3, 2));

    [Fact]
    public void Attention_of_three_tokens()
    {
        string[] scores = Rows(Ops.Scale(Ops.MatMul(Query, Query, transposeB: true), 1 / MathF.Sqrt(2)));
        (string[] weights, string[] context) = Attend(AttentionPattern.Within(Segments.FromLengths(3)));
        AssertRows("attention.md", [.. scores.Zip(weights, context).Select(row => $"{row.First} {row.Second} {row.Third}")]);
    }

    [Fact]
    public void Causal_attention_of_three_tokens()
    {
        (string[] weights, string[] context) = Attend(AttentionPattern.CausalWithin(Segments.FromLengths(3)));
        AssertRows("attention.md", [.. weights.Zip(context).Select(row => $"{row.First} {row.Second}")]);
    }

    [Fact]
    public void Sinusoidal_positions()
    {
        AssertRows("positions.md", [.. Rows(new SinusoidalPositions(4).Forward(new[] { 0, 1, 2, 3 })).Select((row, position) => $"{position} {row}")]);

        Tensor table = new SinusoidalPositions(64).Forward(Enumerable.Range(0, 21).ToArray());
        Tensor products = Ops.MatMul(table, table, transposeB: true);
        string[] expected = [Number(products.Values[(10 * 21) + 10]), Number(products.Values[(10 * 21) + 11]), Number(products.Values[(10 * 21) + 20])];
        Assert.Equal(Number(products.Values[(10 * 21) + 9]), expected[1]);
        Assert.All(expected, number => Assert.Contains(number, Page("positions.md").Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Rotary_positions() =>
        AssertRows("positions.md", Rows(Ops.RotaryPositions(Tensor.From([1, 0, 1, 0, 1, 0], new Shape(3, 2)), new[] { 0, 1, 2 }, headDim: 2)));

    [Fact]
    public void Norms()
    {
        Tensor row = Tensor.From([1, 2, 3, 6], new Shape(1, 4));
        AssertRows("normalisation-and-residuals.md", [.. Rows(new LayerNorm(4).Forward(row)), .. Rows(new RmsNorm(4).Forward(row))]);
    }

    [Fact]
    public void Parameters_of_the_presets()
    {
        Func<int, TransformerConfig>[] presets = [TransformerConfig.Tiny, TransformerConfig.Small]; // the others take much memory
        AssertRows("encoder-decoder.md", [.. presets.Select(preset => Describe(preset(8000)))]);

        static string Describe(TransformerConfig config) => string.Create(CultureInfo.InvariantCulture,
            $"{config.DModel} {config.NumHeads} {config.DFeedForward} {config.NumEncoderLayers} + {config.NumDecoderLayers} {new TransformerModel(config, random: null).ParameterCount:N0}");
    }

    [Fact]
    public void Cross_entropy()
    {
        Tensor logits = Tensor.From([2, 1, 0, -1], new Shape(1, 4));
        string probabilities = string.Join(' ', Ops.Softmax(logits).ToArray().Select(Number));
        string plain = Number(Ops.CrossEntropy(logits, new[] { 0 }).Item());
        string smoothed = Number(Ops.CrossEntropy(logits, new[] { 0 }, labelSmoothing: 0.1f).Item());
        Assert.Contains($"probabilities `{probabilities}`, loss {plain}, and {smoothed} with", Page("training.md").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_rates()
    {
        var schedule = new InverseSquareRootSchedule(1e-3, 4000);
        long[] steps = [1000, 4000, 8000, 16000, 64000];
        AssertRows("training.md", [
            "step " + string.Join(' ', steps),
            "rate " + string.Join(' ', steps.Select(step => schedule.At(step).ToString("G4", CultureInfo.InvariantCulture)))]);
    }

    [Theory]
    [InlineData("bpe", "lowest")]
    [InlineData("bpe", "newest lower")]
    [InlineData("bpe", "low: 5 €")]
    [InlineData("unigram", "lowest")]
    public void Tokens(string kind, string text)
    {
        string[] corpus = [.. Enumerable.Repeat("low", 5), .. Enumerable.Repeat("lower", 2), .. Enumerable.Repeat("newest", 6), .. Enumerable.Repeat("widest", 3)];
        Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = kind, VocabSize = 281, CharacterCoverage = 1 }, corpus);
        string pieces = string.Join(' ', tokenizer.Encode(text).Select(tokenizer.TokenText));
        AssertRows("tokenizers.md", [kind == "bpe" ? $"{text} {pieces}" : pieces]);
    }

    [Fact]
    public void Scores_of_one_sentence()
    {
        string[] output = ["the cat sat on the mat"];
        string[][] references = [["the cat is on the mat"]];
        CorpusMetric[] metrics = [new BleuMetric(), new ChrFMetric(), new TerMetric()];
        AssertRows("metrics.md", [.. metrics.Select(metric => metric.Corpus(output, references).Format().TrimEnd('.'))]);
    }

    [Fact]
    public void An_interval_and_a_signature()
    {
        string[] output = ["The dog sees the cat.", "A man is eating apples.", "Two children play in the garden.", "She reads a book."];
        string[] reference = ["The dog sees the cat.", "A man eats an apple.", "Two children are playing in the garden.", "She is reading a book."];
        BleuScore score = new BleuMetric().Corpus(output, [reference], new BootstrapResampling());
        AssertRows("metrics.md", [score.Format(), score.Signature]);
    }

    private static (string[] Weights, string[] Context) Attend(AttentionPattern pattern)
    {
        AttentionSettings settings = pattern.ToSettings(numHeads: 1);
        var weights = new AttentionWeights(settings);
        Tensor context = ScaledDotProductAttention.Forward(Query, Query, Value, settings, weights);
        float[,] map = weights[0, 0];
        string[] rows = [.. Enumerable.Range(0, 3).Select(i => string.Join(' ', Enumerable.Range(0, 3).Select(j => Number(map[i, j]))))];
        return (rows, Rows(context));
    }

    [Fact]
    public void Low_rank_adapter()
    {
        var layer = new Linear(Tensor.From([1, 0, 0, 1], new Shape(2, 2)));
        var adapter = new LoraAdapter(layer, new LoraOptions(Rank: 1, Alpha: 0.5f), random: null, sharedDown: Tensor.From([0.5f, 1], new Shape(1, 2)));
        adapter.Up.MutableValues()[0] = 1;
        adapter.Up.MutableValues()[1] = 2;
        Tensor x = Tensor.From([2, 1], new Shape(1, 2)), narrow = Ops.Linear(x, adapter.Down);
        adapter.Attach();
        Tensor[] columns = [x, Ops.Linear(x, layer.Weight), narrow, Ops.Linear(narrow, adapter.Up), layer.Forward(x)];
        AssertRows("fine-tuning.md", [string.Join(' ', columns.Select(column => Rows(column)[0]))]);
        adapter.Merge();
        AssertRows("fine-tuning.md", Rows(layer.Weight));
        Assert.Equal("3.000 3.000", Rows(layer.Forward(x))[0]);
    }

    [Fact]
    public void Labels_of_an_answer()
    {
        Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, MinCount = 1 }, ["1+1=2"]);
        var encoder = new PromptEncoder(tokenizer, PromptTemplate.Named("plain"), tokenizer.Special.EosId);
        TextBatch batch = LabelledSequence.Pack([encoder.Encode([new(ChatTurn.User, "1+1="), new(ChatTurn.Assistant, "2")])]);
        AssertRows("fine-tuning.md",
        [
            $"reads {string.Join(' ', batch.Ids.Select(tokenizer.TokenText))}",
            $"learns {string.Join(' ', batch.LabelIds.Select(id => id == TextBatch.NoLabel ? "-" : tokenizer.TokenText(id)))}",
        ]);
    }

    [Fact]
    public void Preference_of_two_answers()
    {
        Tensor before = Tensor.From([-4, -3], new Shape(2, 1)), after = Tensor.From([-3.5f, -4], new Shape(2, 1));
        var loss = new PreferenceLoss(beta: 0.5f);
        AssertRows("fine-tuning.md", [.. new[] { before, after }.Select(now =>
            string.Join(' ', new[] { before, now, loss.Margins(now, before) }.SelectMany(numbers => numbers.ToArray()).Append(loss.Forward(now, before).Item()).Select(Number)))]);
    }

    private static string[] Rows(Tensor x) =>
        [.. Enumerable.Range(0, x.Rows).Select(row => string.Join(' ', x.Values.Slice(row * x.Columns, x.Columns).ToArray().Select(Number)))];

    private static string Number(float value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static MarkdownFile Page(string name) => MarkdownFile.Open($"docs/concepts/{name}");

    private static void AssertRows(string name, string[] rows)
    {
        MarkdownFile page = Page(name);
        Assert.All(rows, row => Assert.True(page.HasRow(row), $"{page.Name} should have a line with: {row}"));
    }
}
