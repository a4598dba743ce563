using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Bpe;

namespace Heed.Text.Tests.Tokenizers.Bpe;

public sealed class BpeTokenizerTests
{
    // Sennrich et al. 2016, figure 1: low 5, lower 2, newest 6, widest 3.
    private static readonly string[] LowLower =
        [.. Repeat("low", 5), .. Repeat("lower", 2), .. Repeat("newest", 6), .. Repeat("widest", 3)];

    [Fact]
    public void The_merges_of_low_lower_newest_widest_are_those_worked_by_hand()
    {
        // Ids go by code point: ▁ (the space) d e i l n o r s t w. Words: ▁low 5, ▁lower 2, ▁newest 6, ▁widest 3.
        //  1. e s 9, s t 9 (e is the smaller left id)                                   -> es
        //  2. es t 9                                                                    -> est
        //  3. ▁ l 7, l o 7, o w 7 (▁ has the smallest id)                               -> ▁l
        //  4. o w 7, ▁l o 7: o is an early id, ▁l a late one                            -> ow
        //  5. ▁l ow 7                                                                   -> ▁low
        //  6. ▁ n 6, e w 6, n e 6, w est 6: ▁ is smallest                               -> ▁n
        //  7. e w 6, w est 6, ▁n e 6: e is smallest                                     -> ew
        //  8. ew est 6, ▁n ew 6: ▁n was learnt before ew                                -> ▁new
        //  9. ▁new est 6                                                                -> ▁newest
        // 10. ▁ w 3, d est 3, i d 3, w i 3                                              -> ▁w
        string[] expected = ["es", "est", "▁l", "ow", "▁low", "▁n", "ew", "▁new", "▁newest", "▁w"];
        var options = new TokenizerOptions { VocabSize = 260 + 11 + expected.Length, CharacterCoverage = 1 };
        Tokenizer tokenizer = SmallCorpus.Train(options, LowLower);
        Assert.Equal(281, tokenizer.VocabSize);
        Assert.Equal(expected, Enumerable.Range(271, 10).Select(tokenizer.TokenText));
        Assert.Equal(["▁low", "est"], tokenizer.Encode("lowest").Select(tokenizer.TokenText));
        Assert.Equal(["▁newest", "▁low", "e", "r"], tokenizer.Encode("newest lower").Select(tokenizer.TokenText));
    }

    [Fact]
    public void Overlapping_pairs_are_merged_from_the_left()
    {
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { VocabSize = 263, CharacterCoverage = 1 }, ["aaaaa", "aaaaa"]);
        Assert.Equal(["▁", "aa", "aa", "a"], tokenizer.Encode("aaaaa").Select(tokenizer.TokenText));
    }

    [Fact]
    public void Training_gives_the_merges_of_the_naive_algorithm()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var random = new SplitMix64(seed);
            Dictionary<string, long> words = RandomWords(ref random);
            var options = new TokenizerOptions { VocabSize = 300 + (int)(seed % 30), CharacterCoverage = 1, MaxPieceLength = 2 + (int)(seed % 9), MinCount = 1 + (int)(seed % 3) };
            var lines = words.SelectMany(entry => Enumerable.Repeat(entry.Key, (int)entry.Value));
            var naive = NaiveBpe.Learn(words.ToDictionary(entry => " " + entry.Key, entry => entry.Value), options.VocabSize - 260, options.MinCount, options.MaxPieceLength);
            var trained = (BpeTokenizer)SmallCorpus.Train(options, lines);
            Assert.True(naive.SequenceEqual(MergesOf(trained)), $"seed {seed}: expected {string.Join(", ", naive)}; found {string.Join(", ", MergesOf(trained))}");

            string word = string.Concat(words.Keys);
            var expected = NaiveBpe.Split(" " + word, naive);
            Assert.True(expected.SequenceEqual(trained.Encode(word).Select(id => trained.TokenText(id).Replace('▁', ' '))), $"seed {seed}");
        }
    }

    [Fact]
    public void The_vocabulary_has_exactly_the_size_asked_for()
    {
        foreach (int size in new[] { 300, 333, 380 })
        {
            Assert.Equal(size, SmallCorpus.Train(TokenizerKind.Bpe, size).VocabSize);
        }
    }

    [Fact]
    public void Rare_pairs_and_long_pieces_are_not_learnt()
    {
        var options = new TokenizerOptions { MinCount = 3, MaxPieceLength = 4, CharacterCoverage = 1 };
        Tokenizer tokenizer = SmallCorpus.Train(options, ["abcdef", "abcdef", "abcdef", "xy xy"]);
        Assert.Contains("▁abc", Pieces(tokenizer));
        Assert.DoesNotContain(Pieces(tokenizer), piece => piece.Length > 4 || piece.Contains("xy", StringComparison.Ordinal));
    }

    [Fact]
    public void The_space_mark_in_a_text_never_becomes_part_of_a_piece()
    {
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { CharacterCoverage = 1 }, ["▁a▁a", "▁a▁a", " a", " a"]);
        Assert.Equal(["▁", "<0xE2>", "<0x96>", "<0x81>", "a"], tokenizer.Encode("▁a").Select(tokenizer.TokenText));
        Assert.Equal("▁a", tokenizer.Decode(tokenizer.Encode("▁a")));
    }

    [Fact]
    public void Full_dropout_leaves_single_characters_and_some_dropout_leaves_more_pieces()
    {
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Bpe);
        string text = "Eine Frau läuft über die Wiese";
        var random = new SplitMix64(5);
        Assert.Equal(text.Length + 1, tokenizer.EncodeWithDropout(text, 1, ref random).Length);
        double total = 0;
        for (int i = 0; i < 200; i++)
        {
            total += tokenizer.EncodeWithDropout(text, 0.2f, ref random).Length;
        }

        Assert.InRange(total / 200, tokenizer.Encode(text).Length + 1, text.Length);
    }

    [Fact]
    public void Dropout_passes_over_each_merge_as_often_as_asked()
    {
        // One merge: the word stays apart exactly when that merge is passed over.
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { VocabSize = 263, CharacterCoverage = 1 }, ["a", "a"]);
        var random = new SplitMix64(11);
        int apart = Enumerable.Range(0, 10_000).Count(_ => tokenizer.EncodeWithDropout("a", 0.3f, ref random).Length == 2);
        Assert.InRange(apart, 2850, 3150);
    }

    [Fact]
    public void A_quarter_of_a_megabyte_without_spaces_is_encoded_and_trained_on()
    {
        var random = new SplitMix64(3);
        string text = string.Create(1 << 18, random, static (span, random) =>
        {
            foreach (ref char c in span)
            {
                c = (char)('a' + (random.NextUInt64() % 6));
            }
        });
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { VocabSize = 600 }, [text]);
        Assert.Equal(600, tokenizer.VocabSize);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.Equal(text, tokenizer.Decode(tokenizer.EncodeWithDropout(text, 0.5f, ref random)));
    }

    [Fact]
    public void Many_threads_get_the_ids_of_one()
    {
        Tokenizer tokenizer = SmallCorpus.Train(TokenizerKind.Bpe);
        string[] texts = [.. Enumerable.Range(0, 2000).Select(seed =>
        {
            var random = new SplitMix64((ulong)seed);
            return RandomText.Next(ref random);
        })];
        int[][] expected = [.. texts.Select(SavedFile.Parse(SavedFile.Bytes(tokenizer)).Encode)];
        var found = new int[texts.Length][];
        Parallel.For(0, texts.Length, i => found[i] = tokenizer.Encode(texts[i]));
        Assert.Equal(expected, found);
    }

    private static IEnumerable<string> Repeat(string word, int count) => Enumerable.Repeat(word, count);

    private static IEnumerable<string> Pieces(Tokenizer tokenizer) => Enumerable.Range(260, tokenizer.VocabSize - 260).Select(tokenizer.TokenText);

    private static List<(string Left, string Right)> MergesOf(BpeTokenizer tokenizer)
    {
        var merges = new List<(string Left, string Right)>();
        foreach (Merge merge in tokenizer.Merges.Merges)
        {
            merges.Add((tokenizer.TokenText(merge.Left).Replace('▁', ' '), tokenizer.TokenText(merge.Right).Replace('▁', ' ')));
        }

        return merges;
    }

    private static Dictionary<string, long> RandomWords(ref SplitMix64 random)
    {
        var words = new Dictionary<string, long>();
        int wanted = 2 + (int)(random.NextUInt64() % 12);
        for (int i = 0; i < wanted; i++)
        {
            var letters = new char[1 + (int)(random.NextUInt64() % 12)];
            foreach (ref char letter in letters.AsSpan())
            {
                letter = (char)('a' + (random.NextUInt64() % 3));
            }

            words[new string(letters)] = 1 + (long)(random.NextUInt64() % 5);
        }

        return words;
    }
}
