using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Training.Data.Texts;
using Heed.Training.SpanCorruption;

namespace Heed.Training.Tests.SpanCorruption;

public sealed class SpanCorruptionTests(ITestOutputHelper output)
{
    private static readonly int[] Gaps = [.. Enumerable.Range(0, 200).Select(gap => 2000 - gap)];

    private static CorruptedWindows Windows(double share = 0.15, double meanSpan = 3, ulong seed = 1) => new(new SpanNoise(share, meanSpan), Gaps, bosId: 0, eosId: 1, seed);

    [Fact]
    public void The_sentence_of_the_paper_is_corrupted_as_its_figure_shows()
    {
        // Raffel et al. 2020, figure 2: "Thank you <X> me to your party <Y> week ." and "<X> for inviting <Y> last <Z>".
        string[] words = ["Thank", "you", "for", "inviting", "me", "to", "your", "party", "last", "week", "."];
        (int[] source, int[] target) = Windows().Corrupt([.. Enumerable.Range(100, words.Length)], [2..4, 8..9]);
        Assert.Equal("Thank you <X> me to your party <Y> week .", Text(source));
        Assert.Equal("<X> for inviting <Y> last <Z>", Text(target));

        string Text(int[] ids) => string.Join(' ', ids.Select(id => id >= 1900 ? $"<{(char)('X' + 2000 - id)}>" : words[id - 100]));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(11, 2, 1)]
    [InlineData(20, 3, 1)]
    [InlineData(30, 4, 1)] // 4.5 is rounded to even
    [InlineData(100, 15, 5)]
    [InlineData(512, 77, 26)]
    public void The_number_of_missing_tokens_and_spans_is_fixed(int length, int tokens, int spans) =>
        Assert.Equal((tokens, spans), new SpanNoise(0.15, 3).Count(length));

    [Fact]
    public void Source_and_target_give_the_text_back()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            double share = random.NextDouble() * 0.98 + 0.01, mean = 1 + (5 * random.NextDouble());
            int[] ids = [.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => random.Next(10, 1000))];
            string what = $"seed {seed}, {ids.Length} tokens, share {share}, mean {mean}";
            var noise = new SpanNoise(share, mean);
            (int[] source, int[] target) = Windows(share, mean).Corrupt(ids, noise.Draw(ids.Length, new SeededRandom((ulong)random.Next())));
            (int tokens, int spans) = noise.Count(ids.Length);
            Assert.True(source.Length == ids.Length - tokens + spans && target.Length == tokens + spans + 1, what);
            Assert.True(source.Where(id => id > 1000).SequenceEqual(Gaps[..spans]) && target.Where(id => id > 1000).SequenceEqual(Gaps[..(spans + 1)]), what);
            Assert.True(source.SelectMany(id => id > 1000 ? Missing(target, id) : [id]).SequenceEqual(ids), what);
            Assert.True(Gaps[..spans].All(gap => Missing(target, gap).Any()), what);
        }

        static IEnumerable<int> Missing(int[] target, int gap) => target.SkipWhile(id => id != gap).Skip(1).TakeWhile(id => id < 1000);
    }

    [Fact]
    public void A_text_begins_with_what_is_there_and_ends_with_a_gap_and_all_between_is_missing_at_times()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        const int Draws = 20_000, Length = 20; // 3 of 20 tokens, one span
        var noise = new SpanNoise(0.15, 1);
        var random = new SeededRandom((ulong)seed);
        var missing = new int[Length];
        for (int i = 0; i < Draws; i++)
        {
            foreach (Range span in noise.Draw(Length, random))
            {
                missing[span.Start.Value]++;
            }
        }

        Assert.Equal(3 * Draws, missing.Sum());
        Assert.Equal(0, missing[0]); // a text begins with what is there
        Assert.Equal(Draws, missing[^1]); // as in the published code
        Assert.Equal(0, missing[^2]);
        Assert.All(missing[1..^2], count => Assert.True(count > 0, $"seed {seed}"));
    }

    [Fact]
    public void A_batch_ends_its_texts_and_begins_its_decoder_as_the_model_does()
    {
        TokenBatch batch = Windows(seed: 3).Batch([new TokenStretch(0, Enumerable.Range(10, 20).ToArray()), new TokenStretch(20, Enumerable.Range(30, 7).ToArray())], epoch: 1);
        Assert.Equal(2, batch.Count);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1, batch.SourceIds[batch.Sources.Starts[i] + batch.Sources.Lengths[i] - 1]);
            Assert.Equal(1, batch.LabelIds[batch.Targets.Starts[i] + batch.Targets.Lengths[i] - 1]);
            Assert.Equal(0, batch.DecoderInputIds[batch.Targets.Starts[i]]);
        }

        Assert.Equal(batch.SourceIds, Windows(seed: 3).Batch([new TokenStretch(0, Enumerable.Range(10, 20).ToArray()), new TokenStretch(20, Enumerable.Range(30, 7).ToArray())], epoch: 1).SourceIds);
    }
}
