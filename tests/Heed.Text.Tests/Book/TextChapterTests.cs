using System.Text.Json;
using System.Text.RegularExpressions;
using Heed.Testing;
using Heed.Testing.Book;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Book;

/// <summary>The numbers of chapter 2 of Build a Large Language Model (From Scratch): text, tokens and windows.</summary>
/// <remarks>The text and the vocabulary are not part of this repository, so these tests need the shared folder.</remarks>
public sealed class TextChapterTests
{
    private static readonly Lazy<Tokenizer> Gpt2 = new(() => Tokenizer.Load(SharedFolder.PathOrSkip("data/tokenizers/gpt2/encoder.json")));

    private static string Verdict => File.ReadAllText(SharedFolder.PathOrSkip("data/rasbt_llms_from_scratch/the-verdict.txt"));

    [Fact]
    public void Every_entry_is_tested() => BookCoverage.Check(typeof(TextChapterTests).Assembly);

    [Fact]
    [Book("ch02.text")]
    public void The_story_has_the_counts_of_the_book()
    {
        JsonElement expected = Entry("ch02.text").GetProperty("expected");
        Assert.Equal(expected.GetProperty("characters").GetInt32(), Verdict.Length);
        Assert.Equal(expected.GetProperty("first_99").GetString(), Verdict[..99]);
        Assert.Equal(expected.GetProperty("gpt2_tokens").GetInt32(), Gpt2.Value.Encode(Verdict).Length);
        Assert.Equal(expected.GetProperty("regex_tokens").GetInt32(), BookWords.Split(Verdict).Length);
        Assert.Equal(expected.GetProperty("word_vocab").GetInt32(), BookWords.Vocabulary(Verdict).Length);
        Assert.Equal(expected.GetProperty("word_vocab_with_specials").GetInt32(), BookWords.Tokenizer(Verdict).VocabSize);
    }

    [Fact]
    [Book("ch02.regex")]
    public void Regular_expressions_cut_texts_into_words()
    {
        JsonElement entry = Entry("ch02.regex");
        JsonElement input = entry.GetProperty("input"), expected = entry.GetProperty("expected");
        Assert.Equal(Texts(expected.GetProperty("r1")), Cut("r1").Where(piece => piece.Length > 0));
        Assert.Equal(Texts(expected.GetProperty("r2_nonblank")), Cut("r2").Where(piece => piece.Trim().Length > 0));
        Assert.Equal(Texts(expected.GetProperty("r3")), Cut("r3").Select(piece => piece.Trim()).Where(piece => piece.Length > 0));
        Assert.Equal(Texts(expected.GetProperty("r3")), BookWords.Split(input.GetProperty("r3")[1].GetString()!));
        Assert.Equal(Texts(expected.GetProperty("first_30_of_verdict")), BookWords.Split(Verdict)[..30]);

        string[] Cut(string name) => Regex.Split(input.GetProperty(name)[1].GetString()!, input.GetProperty(name)[0].GetString()!);
    }

    [Fact]
    [Book("ch02.simple_tokenizer")]
    public void A_vocabulary_of_words_gives_their_places_in_the_alphabet()
    {
        JsonElement entry = Entry("ch02.simple_tokenizer");
        JsonElement input = entry.GetProperty("input"), expected = entry.GetProperty("expected");
        Tokenizer tokenizer = BookWords.Tokenizer(Verdict);
        int[] first = Encode("v1"), second = Encode("v2");
        Assert.Equal(Numbers(expected.GetProperty("v1_ids")), first);
        Assert.Equal(expected.GetProperty("v1_decoded").GetString(), BookWords.Join(tokenizer, first));
        Assert.Equal(Numbers(expected.GetProperty("v2_ids")), second);
        Assert.Equal(expected.GetProperty("v2_decoded").GetString(), BookWords.Join(tokenizer, second));
        foreach (JsonElement pair in expected.GetProperty("last_vocab").EnumerateArray())
        {
            Assert.Equal(pair[0].GetString(), tokenizer.TokenText(pair[1].GetInt32()));
        }

        // Between the book's words stand spaces, at which ours cuts; an unknown word is <|unk|> rather than an error.
        int[] Encode(string name) => tokenizer.Encode(string.Join(' ', BookWords.Split(input.GetProperty(name).GetString()!)), new EncodeOptions { ParseSpecialTokens = true });
    }

    [Fact]
    [Book("ch02.gpt2_bpe")]
    public void Gpt2s_ids()
    {
        foreach (JsonElement pair in Entry("ch02.gpt2_bpe").GetProperty("expected").EnumerateArray())
        {
            string text = pair[0].GetString()!;
            int[] ids = Gpt2.Value.Encode(text, new EncodeOptions { ParseSpecialTokens = true });
            Assert.Equal(Numbers(pair[1]), ids);
            Assert.Equal(text, Gpt2.Value.Decode(ids, new DecodeOptions { KeepSpecialTokens = true }));
        }
    }

    [Fact]
    [Book("ch02.windows")]
    public void Windows_over_the_story()
    {
        JsonElement entry = Entry("ch02.windows");
        JsonElement expected = entry.GetProperty("expected");
        int[] ids = Gpt2.Value.Encode(Verdict);
        Assert.Equal(Numbers(entry.GetProperty("input").GetProperty("enc_text[50:54]")), ids[50..54]);
        Assert.Equal(Numbers(expected.GetProperty("x")), ids[50..54]);
        Assert.Equal(Numbers(expected.GetProperty("y")), ids[51..55]);
        AssertWindows("batch1_len4_stride1", 4, stride: 4, first: 0, step: 1);
        AssertWindows("second_batch", 4, stride: 1, first: 1, step: 1);
        AssertWindows("batch8_len4_stride4_inputs", 4, stride: 4, first: 0, step: 4);
        AssertWindows("targets", 4, stride: 4, first: 1, step: 4);
        AssertWindows("ex2.2_len2_stride2", 2, stride: 2, first: 0, step: 2);
        AssertWindows("ex2.2_len8_stride2", 8, stride: 2, first: 0, step: 2);

        void AssertWindows(string name, int length, int stride, int first, int step)
        {
            foreach ((int index, JsonElement window) in expected.GetProperty(name).EnumerateArray().Index())
            {
                int start = first + (index * step);
                Assert.Equal(Numbers(window), ids[start..(start + length)]);
            }
        }
    }

    // The book's class joins from left to right whatever it has learnt, not the pair learnt first; so its ids of new text are its own.
    // What it learns are merges like any others: with them, our reader of GPT-2's files gives the ids of the earliest merge first.
    [Fact]
    [Book("ch02.bpe_train")]
    public void Byte_pair_encoding_learnt_from_the_story()
    {
        JsonElement entry = Entry("ch02.bpe_train");
        JsonElement expected = entry.GetProperty("expected");
        string text = entry.GetProperty("input").GetProperty("encode").GetString()!;
        var book = new BookBpe(Verdict, entry.GetProperty("input").GetProperty("vocab_size").GetInt32());
        Assert.Equal(expected.GetProperty("vocab").GetInt32(), book.Vocabulary.Count);
        Assert.Equal(expected.GetProperty("merges").GetInt32(), book.Merges.Count);
        Assert.Equal(Numbers(expected.GetProperty("ids_current_code_and_tests")), book.EncodeLeftToRight(text));
        string[] first = [.. expected.GetProperty("first_merges").EnumerateArray().Select(merge => $"{merge[0].GetString()} {merge[1].GetString()}")];
        Assert.Equal(first, book.MergeLines[..first.Length]);

        using TemporaryFolder trained = new(), written = new();
        LoadedTokenizer ours = TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 1000 }, [Verdict], progress: null, TestContext.Current.CancellationToken);
        ours.Save(trained.Path);
        Assert.Equal(first, File.ReadLines(trained.File("merges.txt")).Skip(1).Take(first.Length));

        string vocabulary = written.File("vocab.json", JsonSerializer.Serialize(book.Vocabulary.Select((piece, id) => (piece, id)).ToDictionary(pair => pair.piece, pair => pair.id)));
        written.File("merges.txt", "#version: 0.2\n" + string.Join('\n', book.MergeLines) + "\n");
        string words = "Jack embraced beauty through art and life"; // without the full stop, which GPT-2 cuts off
        Assert.Equal(book.EncodeEarliestFirst(words), Tokenizer.Load(vocabulary).Encode(words));
    }

    private static JsonElement Entry(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.PathOrSkip("golden/llms_from_scratch/values.json")));
        return document.RootElement.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == name).Clone();
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString()!);

    private static IEnumerable<int> Numbers(JsonElement list) => list.EnumerateArray().Select(number => number.GetInt32());
}
