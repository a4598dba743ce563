using System.Text.Json;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Vectors;

/// <summary>Merges learnt by the reference of Stanford's course CS336, "Language modeling from scratch", assignment 1.</summary>
public sealed class BpeTrainingTests
{
    [Fact]
    public void Training_gives_the_merges_and_ids_of_the_reference()
    {
        string folder = SharedFolder.PathOrSkip("data/tokenizers/bpe_training_reference");
        LoadedTokenizer tokenizer = Train(File.ReadAllText(Path.Combine(folder, "corpus.en")), 500);
        using var saved = new TemporaryFolder();
        tokenizer.Save(saved.Path);
        Assert.Equal(
            File.ReadLines(Path.Combine(folder, "train-bpe-reference-merges.txt")).Where(line => line.Length > 0),
            File.ReadLines(saved.File("merges.txt")).Skip(1));
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "train-bpe-reference-vocab.json")));
        Assert.Equal(expected.RootElement.GetPropertyCount(), tokenizer.VocabSize);
        Assert.Equal(
            expected.RootElement.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal),
            Enumerable.Range(0, tokenizer.VocabSize).Select(tokenizer.TokenText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_trained_is_the_same_when_loaded()
    {
        LoadedTokenizer tokenizer = Train("low low low lower lower newest newest <|endoftext|> widest, wide!", 300);
        using var saved = new TemporaryFolder();
        tokenizer.Save(saved.Path);
        Tokenizer loaded = Tokenizer.Load(saved.Path);
        Assert.Equal(tokenizer.VocabSize, loaded.VocabSize);
        for (ulong seed = 0; seed < 500; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random) + " lowest <|endoftext|>";
            int[] ids = tokenizer.Encode(text, new EncodeOptions { ParseSpecialTokens = seed % 2 == 0 });
            Assert.True(ids.SequenceEqual(loaded.Encode(text, new EncodeOptions { ParseSpecialTokens = seed % 2 == 0 })), $"seed {seed}");
            Assert.True(text == loaded.Decode(ids, new DecodeOptions { KeepSpecialTokens = true }), $"seed {seed}");
        }
    }

    [Fact]
    public void No_merge_crosses_a_special_token()
    {
        LoadedTokenizer tokenizer = Train("ab<|endoftext|>ab<|endoftext|>ab", 300);
        Assert.Equal(258, tokenizer.VocabSize);
        Assert.True(tokenizer.TryGetTokenId("ab", out int id));
        Assert.Equal([id, 0, id], tokenizer.Encode("ab<|endoftext|>ab", new EncodeOptions { ParseSpecialTokens = true }));
    }

    [Fact]
    public void Of_equally_frequent_pairs_the_last_in_the_dictionary_is_joined()
    {
        LoadedTokenizer tokenizer = Train("ab yz", 258);
        Assert.Equal("yz", tokenizer.TokenText(257));
    }

    private static LoadedTokenizer Train(string text, int vocabSize) =>
        TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = vocabSize }, [text], progress: null, TestContext.Current.CancellationToken);
}
