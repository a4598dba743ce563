using System.IO.Compression;
using System.Text;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Data.Texts;

namespace Heed.Training.Tests.Data.Texts;

public sealed class TextCorpusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string[] Documents(TextCorpus corpus)
    {
        var documents = new List<StringBuilder> { new() };
        foreach (TextPiece piece in corpus.Read())
        {
            documents[^1].Append(piece.Text);
            if (piece.EndsDocument)
            {
                documents.Add(new StringBuilder());
            }
        }

        Assert.Equal(0, documents[^1].Length);
        return [.. documents.SkipLast(1).Select(document => document.ToString())];
    }

    [Theory]
    [InlineData(DocumentUnit.File, new[] { "one\ntwo\n\n\nthree\n" })]
    [InlineData(DocumentUnit.Paragraph, new[] { "one\ntwo", "three" })]
    [InlineData(DocumentUnit.Line, new[] { "one", "two", "three" })]
    public void A_file_is_one_document_or_many(DocumentUnit unit, string[] expected)
    {
        string path = folder.File("a.txt", "\uFEFFone\r\ntwo\n\n\nthree\n");
        Assert.Equal(expected, Documents(new TextCorpus([path], field: null, unit)));
    }

    [Fact]
    public void Folders_patterns_gzip_and_json_lines_are_read()
    {
        string deep = Directory.CreateDirectory(folder.File("deep/er")).FullName;
        File.WriteAllText(Path.Combine(deep, "b.txt"), "b");
        folder.File("deep/a.txt", "a");
        using (var gzip = new GZipStream(File.Create(folder.File("c.txt.gz")), CompressionLevel.Fastest))
        {
            gzip.Write("c"u8);
        }

        Assert.Equal(["a", "b"], Read(folder.File("deep/**/*.txt")));
        Assert.Equal(["a"], Read(folder.File("deep")));
        Assert.Equal(["c", "a"], Read(folder.File("*.gz"), folder.File("deep/a.txt")));
        Assert.Equal("nothing.txt: no such file, and no folder or pattern that holds any", Assert.Throws<FileNotFoundException>(() => Read("nothing.txt")).Message);

        string json = folder.File("d.jsonl", "{\"text\":\"one\\ntwo\"}\n{\"text\":\"\"}\n{\"text\":\"three\"}\n");
        Assert.Equal(["one\ntwo", "three"], Documents(new TextCorpus([json], "text", DocumentUnit.File)));

        string[] Read(params string[] names) => Documents(new TextCorpus(TextFiles.Find(names), field: null, DocumentUnit.File));
    }

    [Fact]
    public void Pieces_give_the_tokens_of_the_whole()
    {
        int seed = RandomTensor.FreshSeed();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] words = ["the", " cat", "\n", "\n\n", " ", "  ", "Straße", "123", "!", "\t", "😀", "\n \n"];
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(_ => words[random.Next(words.Length)]));
        var corpus = new TextCorpus([folder.File("a.txt", text)], field: null, DocumentUnit.File);
        Assert.True(corpus.Read().Count() > 5);
        Assert.Equal(text, Assert.Single(Documents(corpus)));
        foreach (Tokenizer tokenizer in new Tokenizer[]
        {
            TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 400 }, [text]),
            TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters }, [text]),
            TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Bpe, VocabSize = 400 }, [text]),
        })
        {
            Assert.True(tokenizer.Encode(text).SequenceEqual(new TextEncoder(tokenizer, endId: 0).Encode(corpus.Read()).SelectMany(ids => ids)), $"seed {seed}, {tokenizer.Kind}");
        }
    }

    [Fact]
    public void The_end_token_stands_between_documents()
    {
        Tokenizer tokenizer = TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 257 }, ["ab"]);
        var corpus = new TextCorpus([folder.File("a.txt", "ab\n\n\nb\n")], field: null, DocumentUnit.Paragraph);
        int a = tokenizer.Encode("a")[0], b = tokenizer.Encode("b")[0];
        Assert.Equal([a, b, 0, b], new TextEncoder(tokenizer, tokenizer.Special.EosId).Encode(corpus.Read()).SelectMany(ids => ids));
    }

    [Fact]
    public void A_line_of_many_megabytes_is_read_in_pieces()
    {
        var line = new StringBuilder();
        for (int i = 0; line.Length < 3_000_000; i++)
        {
            line.Append("äöü😀 ").Append(i);
        }

        string path = folder.File("long.txt", line.ToString());
        var corpus = new TextCorpus([path], field: null, DocumentUnit.File);
        Assert.Equal(line.ToString(), Assert.Single(Documents(corpus)));
        Assert.True(corpus.Read().Max(piece => piece.Text.Length) <= 1 << 17);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named()
    {
        string path = folder.File("latin.txt", [.. "one\ntwo "u8, 0xE9, (byte)'\n']);
        var error = Assert.Throws<InvalidDataException>(() => Documents(new TextCorpus([path], field: null, DocumentUnit.File)));
        Assert.Equal($"line 2 of {path} is not valid UTF-8 (byte 0xE9 at offset 8); convert the file, for example with iconv", error.Message);
    }
}
