using System.Globalization;
using Heed.Models;
using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>explain, inspect and tokenizer.</summary>
[Collection(nameof(CommandLine))]
public sealed class LookingInsideTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Explain_prints_the_translation_and_writes_a_page()
    {
        string page = folder.File("page.html");
        CommandResult result = CommandLine.Run("explain", "--model", trained.Model, "hund haus", "--out", page).Succeeds();
        Assert.Equal([trained.Translator.Translate("hund haus").Text], result.Lines);
        Assert.Contains("hund haus", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_reads_a_given_translation()
    {
        string page = folder.File("page.html");
        CommandResult result = CommandLine.Run("explain", "--model", trained.Model, "hund", "--target", "cat cat", "--out", page).Succeeds();
        Assert.Equal(["cat cat"], result.Lines);
    }

    [Fact]
    public void Explain_says_in_one_sentence_that_a_model_has_no_attention()
    {
        string model = folder.File("plain");
        Translator translator = trained.Translator;
        ModelFolder.Save(model, RecurrentConfig.Plain(RecurrentCellKind.Gru, translator.Tokenizer.VocabSize).CreateModel(new SeededRandom(1)), translator.Tokenizer, translator.Options with { MaxLength = 5 }, new ModelCard { Name = "plain" });
        string page = folder.File("page.html");
        CommandResult result = CommandLine.Run("explain", "--model", model, "hund haus", "--out", page).Succeeds();
        Assert.Contains("plain has no attention to show", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(page));
    }

    [Fact]
    public void Inspect_counts_the_parameters()
    {
        string count = trained.Translator.Model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        CommandResult result = CommandLine.Run("inspect", trained.Model).Succeeds();
        Assert.Contains(result.Lines, line => line.StartsWith("architecture", StringComparison.Ordinal) && line.EndsWith("heed_transformer", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("parameters", StringComparison.Ordinal) && line.EndsWith(count, StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("all", StringComparison.Ordinal) && line.Contains(count, StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_lists_every_tensor_when_asked()
    {
        CommandResult result = CommandLine.Run("inspect", Path.Combine(trained.Model, "model.safetensors"), "--tensors").Succeeds();
        Assert.Equal(trained.Translator.Model.NamedParameters().Count + 1, result.Lines.Length);
        Assert.Contains(result.Lines, line => line.Contains("encoder.layers.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Tokenizers_of_other_libraries_are_inspected_and_used()
    {
        string vocabulary = folder.File("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\n");
        string[] shown = CommandLine.Run("inspect", vocabulary).Succeeds().Lines;
        Assert.Contains(shown, line => line.StartsWith("tokenizer", StringComparison.Ordinal) && line.EndsWith("wordpiece", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.EndsWith("[CLS] text [SEP]", StringComparison.Ordinal));
        Assert.Equal(["[CLS] un ##aff ##able [SEP]"], CommandLine.Run("tokenizer", "encode", "--model", vocabulary, "--add-special", "unaffable").Succeeds().Lines);
        Assert.Equal(["2"], CommandLine.Run("tokenizer", "encode", "--model", vocabulary, "--parse-special", "--ids", "[CLS]").Succeeds().Lines);
        Assert.Equal(["[CLS] unaffable"], CommandLine.Run("tokenizer", "decode", "--model", vocabulary, "--special", "2 5 6 7").Succeeds().Lines);
    }

    [Fact]
    public void Bytes_are_merged_when_asked_for()
    {
        string made = folder.File("bytes");
        CommandLine.Run("tokenizer", "train", trained.Source, "--kind", "byte-level", "--out", made, "--vocab-size", "270").Succeeds();
        string pieces = Assert.Single(CommandLine.Run("tokenizer", "encode", "--model", made, "hund é").Succeeds().Lines);
        Assert.EndsWith("Ã ©", pieces, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_is_trained_encodes_and_decodes()
    {
        string made = folder.File("tokenizer");
        CommandLine.Run("tokenizer", "train", trained.Source, trained.Target, "--out", made, "--vocab-size", "300").Succeeds();
        string ids = Assert.Single(CommandLine.Run("tokenizer", "encode", "--model", made, "--ids", "hund dog").Succeeds().Lines);
        Assert.All(ids.Split(' '), id => Assert.InRange(int.Parse(id, CultureInfo.InvariantCulture), 0, 299));
        Assert.Equal(["hund dog"], CommandLine.Run("tokenizer", "decode", "--model", made, ids).Succeeds().Lines);
        Assert.Equal(ids.Split(' ').Length, CommandLine.Run("tokenizer", "encode", "--model", made, "hund dog").Lines[0].Split(' ').Length);
    }
}
