using System.Text;
using Heed.Testing;
using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

public sealed class ParallelTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Error(ParallelText text) => Assert.Throws<InvalidDataException>(() => text.Read().Count()).Message;

    [Fact]
    public void Two_files_are_read_line_by_line()
    {
        var text = ParallelText.FromFiles(folder.File("a.de", "\ufeffeins\r\nzwei\n\nvier"), folder.File("a.en", "one\ntwo\nthree\nfour\n"));

        Assert.Equal("a.de and a.en", text.Description);
        SentencePair[] expected = [new("eins", "one"), new("zwei", "two"), new("", "three"), new("vier", "four")];
        Assert.Equal(expected, text.Read());
        Assert.Equal(expected, text.Read());
    }

    [Fact]
    public void Gzip_is_known_by_its_bytes_and_not_by_its_name()
    {
        string source = folder.File("a.de", TemporaryFolder.Gzip("eins\n"u8.ToArray()));
        string target = folder.File("a.en.gz", "one\n");
        Assert.Equal([new("eins", "one")], ParallelText.FromFiles(source, target).Read());
    }

    [Theory]
    [InlineData("a\nb\nc\n", "x\n", 3, 1)]
    [InlineData("a\n", "x\ny\n\nz", 1, 4)]
    [InlineData("", "x\n", 0, 1)]
    public void Unequal_numbers_of_lines_are_refused_with_both(string sources, string targets, int sourceCount, int targetCount)
    {
        string source = folder.File("a.de", sources);
        string target = folder.File("a.en", targets);
        Assert.Equal($"{source} has {sourceCount} lines, but {target} has {targetCount}; line n of one must be the translation of line n of the other",
            Error(ParallelText.FromFiles(source, target)));
    }

    [Fact]
    public void An_empty_corpus_is_refused()
    {
        string empty = folder.File("empty", "");
        Assert.Equal("empty and empty: there are no lines; expected at least one sentence pair", Error(ParallelText.FromFiles(empty, empty)));
        Assert.Contains("no lines", Error(ParallelText.FromTabSeparated(empty)), StringComparison.Ordinal);
        Assert.Contains("no lines", Error(ParallelText.FromJsonLines(empty, "a", "b")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var text = ParallelText.FromFiles(folder.File("missing.de"), folder.File("a.en", "x\n"));
        Assert.Contains("missing.de", Assert.Throws<FileNotFoundException>(() => text.Read().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place_inside_gzip_too()
    {
        string target = folder.File("a.en", "one\ntwo\n");
        byte[] latin = Encoding.Latin1.GetBytes("eins\nfünf\n");
        foreach (string source in (string[])[folder.File("a.de", latin), folder.File("a.de.gz", TemporaryFolder.Gzip(latin))])
        {
            Assert.Equal($"line 2 of {source} is not valid UTF-8 (byte 0xFC at offset 6); convert the file, for example with iconv",
                Error(ParallelText.FromFiles(source, target)));
        }
    }

    [Fact]
    public void A_cut_gzip_file_is_refused()
    {
        byte[] packed = TemporaryFolder.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 5000}\n"))));
        string source = folder.File("a.de.gz", packed[..(packed.Length / 2)]);
        string error = Error(ParallelText.FromFiles(source, source));
        Assert.StartsWith($"{source} cannot be unpacked after line ", error, StringComparison.Ordinal);
        Assert.EndsWith("copy or pack the file again", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_ten_thousand_words_is_fine()
    {
        string line = string.Join(' ', Enumerable.Range(0, 10_000).Select(i => "Wort" + i));
        string file = folder.File("long", line + "\nkurz\n");
        Assert.Equal([new(line, line), new("kurz", "kurz")], ParallelText.FromFiles(file, file).Read());
    }

    [Fact]
    public void Columns_of_a_tab_separated_file_are_chosen_by_number()
    {
        string file = folder.File("pairs.tsv", "id1\tone\teins\tCC-BY\nid2\t\tzwei\nid3\tthree\t\n");
        Assert.Equal([new("eins", "one"), new("zwei", ""), new("", "three")], ParallelText.FromTabSeparated(file, 3, 2).Read());
        Assert.Equal("id3", ParallelText.FromTabSeparated(file).Read().Last().Source);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParallelText.FromTabSeparated(file, 0, 1));
    }

    [Theory]
    [InlineData("a\tb\tc\na\tb\n", "line 2 of {0} has 2 columns divided by tabs; expected at least 3")]
    [InlineData("a\tb\tc\n\n", "line 2 of {0} has 1 columns divided by tabs; expected at least 3")]
    public void Too_few_columns_are_refused(string content, string expected)
    {
        string file = folder.File("pairs.tsv", content);
        Assert.Equal(string.Format(null, expected, file), Error(ParallelText.FromTabSeparated(file, 1, 3)));
    }

    [Fact]
    public void Fields_of_json_lines_are_chosen_by_name_also_inside_another()
    {
        string file = folder.File("pairs.jsonl", """
            {"de": "f\u00fcnf\nZeilen", "en": "five", "id": 1}
            {"en": "six", "de": ""}
            """);
        Assert.Equal([new("fünf\nZeilen", "five"), new("", "six")], ParallelText.FromJsonLines(file, "de", "en").Read());

        string nested = folder.File("nested.jsonl", """{"translation": {"de": "eins", "en": "one"}, "a.b": "plain"}""");
        Assert.Equal([new("eins", "plain")], ParallelText.FromJsonLines(nested, "translation.de", "a.b").Read());
    }

    [Theory]
    [InlineData("{\"de\": 1}", "has number in field \"de\"; expected a text")]
    [InlineData("{\"DE\": \"x\", \"en\": \"y\"}", "has no field \"de\"; its fields are \"DE\", \"en\"")]
    [InlineData("{\"de\": \"x\"}", "has no field \"en\"; its fields are \"de\"")]
    [InlineData("[]", "has no field \"de\"; it is not an object")]
    [InlineData("{\"de\": ", "is not valid JSON at byte 7; expected one object a line")]
    [InlineData("", "is not valid JSON at byte 0; expected one object a line")]
    [InlineData("{\"de\": \"\\ud800\", \"en\": \"\"}", "has an escape that is no character")]
    public void Lines_without_the_fields_are_refused(string line, string expected)
    {
        string file = folder.File("pairs.jsonl", "{\"de\": \"a\", \"en\": \"b\"}\n" + line + "\n");
        Assert.Equal($"line 2 of {file} {expected}", Error(ParallelText.FromJsonLines(file, "de", "en")));
    }

    [Fact]
    public void Multi30k_is_read_whole()
    {
        var text = ParallelText.FromFiles(SharedFolder.PathOrSkip("data/multi30k/train.de.gz"), SharedFolder.PathOrSkip("data/multi30k/train.en.gz"));
        Assert.Equal(29_000, text.Read().Count());
    }
}
