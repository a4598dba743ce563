using Heed.Models.Configuration;
using Heed.Testing;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests.Configuration;

public sealed class DataSectionTests
{
    private static readonly CorpusSection Files = new() { Source = "a", Target = "b" };

    public static TheoryData<string?, string?, string?, string?> Refused => new()
    {
        { null, null, null, null }, { "a", null, null, null }, { null, "b", null, null }, { "a", "b", "c", null }, { "a", "b", null, "d" }, { null, null, "c", "d" }, { "a", null, "c", null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_corpus_has_exactly_one_form(string? source, string? target, string? tsv, string? jsonl)
    {
        var corpus = new CorpusSection { Source = source, Target = target, Tsv = tsv, Jsonl = jsonl };
        foreach ((string name, DataSection section) in new[]
        {
            ("data.train", new DataSection { Train = corpus }),
            ("data.validation", new DataSection { Train = Files, Validation = corpus }),
            ("data.test", new DataSection { Train = Files, Validation = Files, Test = corpus }),
        })
        {
            Assert.Equal($"{name} must name exactly one of: source and target (two files), tsv, or jsonl", Assert.Throws<ConfigException>(section.Validate).Message);
        }
    }

    [Fact]
    public void A_filter_that_keeps_nothing_is_refused() =>
        Assert.Contains("maxTokens is 0", Assert.Throws<ConfigException>(new DataSection { Train = Files, Filter = new LengthFilter { MaxTokens = 0 } }.Validate).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1, "sourceColumn is 0")]
    [InlineData(1, -1, "targetColumn is -1")]
    public void Columns_count_from_one(int source, int target, string message)
    {
        var section = new DataSection { Train = new CorpusSection { Tsv = "a.tsv", SourceColumn = source, TargetColumn = target } };
        Assert.Equal($"data.train.{message}; columns are counted from 1", Assert.Throws<ConfigException>(section.Validate).Message);
    }

    [Fact]
    public void Every_form_is_opened()
    {
        using var folder = new TemporaryFolder();
        CorpusSection[] forms =
        [
            new() { Source = folder.File("s", "ein\n"), Target = folder.File("t", "one\n") },
            new() { Tsv = folder.File("tsv", "x\tone\tein\n"), SourceColumn = 3, TargetColumn = 2 },
            new() { Jsonl = folder.File("jsonl", "{\"de\":\"ein\",\"en\":\"one\"}\n"), SourceField = "de", TargetField = "en" },
        ];
        foreach (CorpusSection form in forms)
        {
            form.Validate("data.train");
            Assert.Equal(new SentencePair("ein", "one"), Assert.Single(form.Open().Read()));
        }
    }
}
