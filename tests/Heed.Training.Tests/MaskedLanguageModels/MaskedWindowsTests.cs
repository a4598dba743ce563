using Heed.Models;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;
using Heed.Training.MaskedLanguageModels;

namespace Heed.Training.Tests.MaskedLanguageModels;

public sealed class MaskedWindowsTests(ITestOutputHelper output)
{
    private const int MaskId = 4;
    private const int FirstOrdinary = 10;

    private static readonly MaskingTokens Tokens = new(MaskId, [1], [2, 3], [.. Enumerable.Range(FirstOrdinary, 990)], (previous, next) => next == previous + 1);

    private static TextBatch Batch(int[] window, MaskingSection? masking = null, ulong seed = 1, int epoch = 0, long start = 0) =>
        new MaskedWindows(Tokens, masking ?? new MaskingSection(), seed).Batch([new TokenStretch(start, window)], epoch);

    private static int[] RandomWindow(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(FirstOrdinary, 1000))];

    [Fact]
    public void What_is_hidden_is_labelled_and_the_rest_is_as_it_was()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            int[] window = RandomWindow(random, random.Next(1, 60));
            TextBatch batch = Batch(window, seed: (ulong)random.Next());
            Assert.Equal((1, 2, 3), (batch.Ids[0], batch.Ids[^2], batch.Ids[^1]));
            Assert.Equal([TextBatch.NoLabel, TextBatch.NoLabel, TextBatch.NoLabel], new[] { batch.LabelIds[0], batch.LabelIds[^2], batch.LabelIds[^1] });
            Assert.Equal(Math.Max(1, (int)Math.Round(0.15 * window.Length)), batch.LabelCount);
            for (int place = 0; place < window.Length; place++)
            {
                int label = batch.LabelIds[place + 1];
                Assert.Equal(window[place], label == TextBatch.NoLabel ? batch.Ids[place + 1] : label);
            }
        }
    }

    [Fact]
    public void Eighty_of_a_hundred_are_masked_ten_are_random_and_ten_are_kept()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        int[] window = RandomWindow(new Random(seed), 100_000);
        TextBatch batch = Batch(window, seed: (ulong)seed);
        (int Id, int Label)[] hidden = [.. batch.Ids.Zip(batch.LabelIds).Where(pair => pair.Second != TextBatch.NoLabel)];
        Assert.Equal(15_000, hidden.Length);
        double masked = hidden.Count(pair => pair.Id == MaskId) / 15_000.0, kept = hidden.Count(pair => pair.Id == pair.Label) / 15_000.0;
        Assert.True(Math.Abs(masked - 0.8) < 0.02 && Math.Abs(kept - 0.1) < 0.015, $"seed {seed}: {masked:P1} masked, {kept:P1} kept"); // six deviations
        Assert.All(hidden, pair => Assert.True(pair.Id == MaskId || pair.Id >= FirstOrdinary));
    }

    [Fact]
    public void The_choice_is_a_function_of_the_seed_the_epoch_and_the_place()
    {
        int[] window = RandomWindow(new Random(5), 100);
        int[] first = Batch(window, seed: 7, epoch: 2, start: 300).Ids;
        Assert.Equal(first, Batch(window, seed: 7, epoch: 2, start: 300).Ids);
        Assert.NotEqual(first, Batch(window, seed: 8, epoch: 2, start: 300).Ids);
        Assert.NotEqual(first, Batch(window, seed: 7, epoch: 3, start: 300).Ids);
        Assert.NotEqual(first, Batch(window, seed: 7, epoch: 2, start: 301).Ids);
        TextBatch two = new MaskedWindows(Tokens, new MaskingSection(), 7).Batch([new TokenStretch(0, window), new TokenStretch(300, window)], epoch: 2);
        Assert.Equal(first, two.Ids[first.Length..]); // whatever stands beside it
    }

    [Fact]
    public void Whole_words_are_hidden_together()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 100; i++)
        {
            // A word is a run of ids that count up; between words they jump down.
            int[] lengths = [.. Enumerable.Range(0, 40).Select(_ => random.Next(1, 5))];
            int[] window = [.. lengths.SelectMany((length, word) => Enumerable.Range(FirstOrdinary + (20 * (40 - word)), length))];
            TextBatch batch = Batch(window, new MaskingSection { WholeWords = true, MaskedShare = 1, RandomShare = 0 }, (ulong)random.Next());
            int place = 1;
            foreach (int length in lengths)
            {
                Assert.Single(batch.Ids.Skip(place).Take(length).Select(id => id == MaskId).Distinct());
                place += length;
            }

            Assert.InRange(batch.LabelCount, 1, (int)Math.Round(0.15 * window.Length));
        }
    }

    [Fact]
    public void Words_and_surroundings_are_known_from_the_tokenizer()
    {
        Tokenizer tokenizer = TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 300, SpecialTokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] }, ["a lowlow lower. lowest 12\nslow"]);
        var tokens = MaskingTokens.Of(tokenizer);
        Assert.Equal((4, 0, 2), (tokens.MaskId, Assert.Single(tokens.Prefix), Assert.Single(tokens.Suffix)));
        Assert.Equal(Enumerable.Range(5, tokenizer.VocabSize - 5), tokens.Ordinary);
        int[] ids = tokenizer.Encode("a lowzq. x\nyw");
        string words = string.Concat(ids.Select((id, i) => (i > 0 && tokens.ContinuesWord(ids[i - 1], id) ? string.Empty : "|") + tokenizer.TokenText(id)));
        Assert.Equal("|a|\u0120lowzq|.|\u0120x|\u010A|yw", words);
    }

    [Fact]
    public void Words_of_WordPiece_go_on_where_the_vocabulary_says_so()
    {
        var tokens = MaskingTokens.Of(Tokenizer.Load(SharedFolder.PathOrSkip("data/tokenizers/bert/bert_base_uncased_vocab.txt")));
        Assert.Equal((103, 101, 102), (tokens.MaskId, Assert.Single(tokens.Prefix), Assert.Single(tokens.Suffix)));
    }
}
