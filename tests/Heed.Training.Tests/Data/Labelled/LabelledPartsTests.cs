using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Labelled;

namespace Heed.Training.Tests.Data.Labelled;

/// <summary>How labelled texts are divided, counted and encoded.</summary>
public sealed class LabelledPartsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_split_keeps_the_shares_of_the_classes_and_every_text_once()
    {
        int seed = RandomTensor.FreshSeed();
        LabelledText[] texts = [.. Enumerable.Range(0, 300).Select(i => new LabelledText($"text {i}", i % 10 == 0 ? "rare" : "common", i + 1))];
        (LabelledText[] train, LabelledText[] validation, LabelledText[] test) = StratifiedSplit.Divide(texts, 0.5, 0.17, (ulong)seed);
        Assert.Equal((150, 51, 99), (train.Length, validation.Length, test.Length));
        Assert.Equal((15, 5, 10), (Rare(train), Rare(validation), Rare(test)));
        Assert.Equal(texts, train.Concat(validation).Concat(test).OrderBy(text => text.Line));
        Assert.Equal(train, train.OrderBy(text => text.Line));
        Assert.Equal(train, StratifiedSplit.Divide(texts, 0.5, 0.17, (ulong)seed).Train);
        Assert.NotEqual(train, StratifiedSplit.Divide(texts, 0.5, 0.17, (ulong)seed + 1).Train);
        LabelledText[] balanced = StratifiedSplit.Balance(texts, (ulong)seed);
        Assert.Equal((60, 30), (balanced.Length, Rare(balanced)));

        static int Rare(LabelledText[] part) => part.Count(text => text.Label == "rare");
    }

    [Fact]
    public void Parts_are_saved_as_files_that_can_be_named_again()
    {
        LabelledParts parts = LabelledParts.Read(Divided("ham\thi \"you\"\nspam\twin\nham\tgrüße\nspam\tprize\n", new SplitSection { Train = 0.5, Validation = 0, Test = 0.5 }));
        parts.Save(folder.Path);
        LabelledParts again = LabelledParts.Read(new LabelledDataSection { Train = Json("train"), Test = Json("test") });
        Assert.Equal(parts.Train.Texts.Select(text => (text.Text, text.Label)), again.Train.Texts.Select(text => (text.Text, text.Label)));
        Assert.Equal(parts.Test.Texts.Select(text => (text.Text, text.Label)), again.Test.Texts.Select(text => (text.Text, text.Label)));
        Assert.Equal(["ham", "spam"], again.Labels.Names);
        Assert.Empty(File.ReadAllText(folder.File("validation.jsonl")));
    }

    [Fact]
    public void Labels_may_be_listed_and_then_have_that_order()
    {
        LabelledDataSection data = Divided("ham\ta\nspam\tb\nham\tc\nspam\td\n", new SplitSection { Train = 0.5, Validation = 0, Test = 0.5 });
        Assert.Equal(["spam", "ham"], LabelledParts.Read(data with { Labels = ["spam", "ham"] }).Labels.Names);
    }

    [Theory]
    [InlineData("ham\ta\nham\tb\n", null, "all texts of * have the label \"ham\"; a classifier needs two classes at least")]
    [InlineData("ham\ta\nspam\tb\neggs\tc\n", "ham,spam", "line 3 of * has the label \"eggs\", which is not one of the classes (ham, spam)")]
    [InlineData("ham\ta\nspam\tb\n", "ham,spam,eggs", "there is no text to learn from of the class \"eggs\"")]
    public void Classes_that_cannot_be_learned_are_named(string content, string? labels, string expected)
    {
        string path = folder.File("texts.tsv", content);
        var data = new LabelledDataSection { Train = new LabelledSection { Tsv = path }, Labels = labels?.Split(',') };
        Assert.StartsWith(expected.Replace("*", path, StringComparison.Ordinal), Assert.Throws<InvalidDataException>(() => LabelledParts.Read(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_only_the_test_has_is_refused()
    {
        string train = folder.File("train.tsv", "ham\ta\nspam\tb\n"), test = folder.File("test.tsv", "ham\tc\neggs\td\n");
        var data = new LabelledDataSection { Train = new LabelledSection { Tsv = train }, Test = new LabelledSection { Tsv = test } };
        Assert.StartsWith($"line 2 of {test} has the label \"eggs\", which is not one of the classes (ham, spam)", Assert.Throws<InvalidDataException>(() => LabelledParts.Read(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_makes_no_sense_is_refused()
    {
        var file = new LabelledSection { Tsv = "x" };
        Assert.Contains("either texts with a split, or train", Message(new LabelledDataSection()), StringComparison.Ordinal);
        Assert.Contains("data.texts needs data.split", Message(new LabelledDataSection { Texts = file }), StringComparison.Ordinal);
        Assert.Contains("leave data.validation and data.test out", Message(new LabelledDataSection { Texts = file, Split = new(), Test = file }), StringComparison.Ordinal);
        Assert.Contains("name data.validation and data.test instead", Message(new LabelledDataSection { Train = file, Split = new() }), StringComparison.Ordinal);
        Assert.Contains("their sum 1", Message(new LabelledDataSection { Texts = file, Split = new() { Train = 0.5 } }), StringComparison.Ordinal);
        Assert.Contains("data.train must name exactly one of: tsv, csv, jsonl, documents", Message(new LabelledDataSection { Train = new() { Tsv = "x", Csv = "y" } }), StringComparison.Ordinal);
        Assert.Contains("lists 1 class", Message(new LabelledDataSection { Train = file, Labels = ["x"] }), StringComparison.Ordinal);
        Assert.Contains("lists \"x\" 2 times", Message(new LabelledDataSection { Train = file, Labels = ["x", "x"] }), StringComparison.Ordinal);

        static string Message(LabelledDataSection section) => Assert.Throws<ConfigException>(section.Validate).Message;
    }

    [Fact]
    public void Texts_are_packed_into_batches()
    {
        LabelledText[] texts = [new("ab", "ham", 1), new("", "spam", 2), new("abcdef", "ham", 3)];
        Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 270 }, texts.Select(text => text.Text));
        LabelSet labels = LabelSet.Of(["ham", "spam"]);
        LabelledCorpus corpus = LabelledCorpus.Encode(texts, "x", labels, new ClassifierEncoder(tokenizer, 5));
        Assert.Equal((3, 1, 3 + 1 + 5), (corpus.Count, corpus.CutTexts, (int)corpus.TokenCount));
        ClassificationBatch batch = corpus.Batch([2, 1], new BatchOptions());
        Assert.Equal([0, 1], batch.Labels);
        Assert.Equal([5, 1], batch.Sequences.Lengths);
        Assert.Equal([1, .. tokenizer.Encode("abcd"), 1], batch.Ids);
        LabelledCorpus other = LabelledCorpus.Encode([texts[0], texts[1] with { Label = "ham" }, texts[2]], "x", labels, new ClassifierEncoder(tokenizer, 5));
        Assert.NotEqual(corpus.Fingerprint, other.Fingerprint);
    }

    private LabelledDataSection Divided(string content, SplitSection split) => new() { Texts = new LabelledSection { Tsv = folder.File("texts.tsv", content) }, Split = split };

    private LabelledSection Json(string part) => new() { Jsonl = folder.File(part + ".jsonl") };
}
