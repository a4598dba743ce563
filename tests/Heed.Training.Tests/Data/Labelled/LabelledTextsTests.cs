using Heed.Testing;
using Heed.Training.Data.Labelled;

namespace Heed.Training.Tests.Data.Labelled;

/// <summary>Labelled texts from files, and what is said about bad ones.</summary>
public sealed class LabelledTextsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_divided_by_tabs_are_read()
    {
        string path = folder.File("a.tsv", "ham\tsay \"hi\"\nspam \twin\tignored\nham\t\n");
        LabelledText[] expected = [new("say \"hi\"", "ham", 1), new("win", "spam", 2), new("", "ham", 3)];
        Assert.Equal(expected, LabelledTexts.FromTabSeparated(path, textColumn: 2, labelColumn: 1).Read());
        Assert.Equal([expected[1], expected[2]], LabelledTexts.FromTabSeparated(path, textColumn: 2, labelColumn: 1, hasHeader: true).Read());
    }

    [Fact]
    public void Quoted_values_may_hold_commas_quotes_and_line_breaks()
    {
        string path = folder.File("a.csv", "id,text,label\n1,plain,ham\n2,\"a, \"\"b\"\"\nand c\",spam\n\n3,,ham\n4,\"\",ham\n5,last,\"spam\"");
        LabelledText[] expected = [new("plain", "ham", 2), new("a, \"b\"\nand c", "spam", 3), new("", "ham", 6), new("", "ham", 7), new("last", "spam", 8)];
        Assert.Equal(expected, LabelledTexts.FromCsv(path, "text", "label").Read());
    }

    [Fact]
    public void Fields_of_json_lines_are_read_and_labels_may_be_numbers()
    {
        string path = folder.File("a.jsonl", TemporaryFolder.Gzip("{\"m\": {\"t\": \"x\"}, \"y\": 1}\n{\"m\": {\"t\": \"\"}, \"y\": true}\n"u8.ToArray()));
        Assert.Equal([new LabelledText("x", "1", 1), new LabelledText("", "true", 2)], LabelledTexts.FromJsonLines(path, "m.t", "y").Read());
    }

    [Theory]
    [InlineData("tsv", "ham\tx\nspam", "line 2 of * has 1 columns divided by tabs; expected at least 2")]
    [InlineData("tsv", "ham\tx\n \ty", "line 2 of * has an empty label; name its class, or leave the line out")]
    [InlineData("tsv", "", "* holds no texts; expected one labelled text at least")]
    [InlineData("csv", "text,lable\nx,y", "the first line of * names no column \"label\"; its columns are \"text\", \"lable\"")]
    [InlineData("csv", "text,label\nx,y\nx,y,z", "line 3 of * has 3 values, but its first line names 2 columns")]
    [InlineData("csv", "text,label\n\"x,y", "line 2 of * opens a quote that is not closed")]
    [InlineData("csv", "text,label\n\"x\n\"y,z", "line 3 of * has text behind a closing quote")]
    [InlineData("jsonl", "{\"text\": \"x\"}", "line 1 of * has no field \"label\"; its fields are \"text\"")]
    [InlineData("jsonl", "{\"text\": [], \"label\": 1}", "line 1 of * has array in field \"text\"; expected a text")]
    [InlineData("jsonl", "{\"text\": \"x\", \"label\": null}", "line 1 of * has null in field \"label\"; expected a text, a number, true or false")]
    [InlineData("jsonl", "{\"text\": \"x\", \"label\": \"\\ud800\"}", "line 1 of * has an escape that is no character")]
    [InlineData("jsonl", "{\"\\ud800\": \"x\"}", "line 1 of * has an escape that is no character")]
    public void Bad_lines_are_named(string kind, string content, string expected)
    {
        string path = folder.File("a." + kind, content);
        LabelledTexts texts = kind switch
        {
            "tsv" => LabelledTexts.FromTabSeparated(path, 2, 1),
            "csv" => LabelledTexts.FromCsv(path, "text", "label"),
            _ => LabelledTexts.FromJsonLines(path, "text", "label"),
        };
        Assert.StartsWith(expected.Replace("*", path, StringComparison.Ordinal), Assert.Throws<InvalidDataException>(() => texts.Read().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_survive_quoting()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        string[] values = [.. Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "a,\"\n x"[random.Next(6)])))];
        string path = folder.File("a.csv", "label,text\n" + string.Concat(values.Select(value => $"l,\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));
        Assert.True(values.SequenceEqual(LabelledTexts.FromCsv(path, "text", "label").Read().Select(text => text.Text)), $"seed {seed}");
    }
}
