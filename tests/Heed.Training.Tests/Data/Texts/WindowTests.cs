using Heed.Models;
using Heed.Testing;
using Heed.Training.Data;
using Heed.Training.Data.Texts;
using Heed.Training.LanguageModels;

namespace Heed.Training.Tests.Data.Texts;

public sealed class WindowTests(ITestOutputHelper output)
{
    // The n-th token is n, so that a token says where it stood.
    private static int[] Row(int count) => [.. Enumerable.Range(0, count)];

    private static StreamedTokens Streamed(int count, int stretch, Random random)
    {
        int[] cuts = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(count + 1)).Order()];
        return new StreamedTokens(() => cuts.Append(count).Select((end, i) => Row(count)[(i == 0 ? 0 : cuts[i - 1])..end]), stretch);
    }

    private static PositionedBatch<TextBatch>[] Epoch(BatchSource<TextBatch> source, int epoch) =>
        [.. source.Read(new DataPosition(epoch, 0)).TakeWhile(batch => batch.Position.Epoch == epoch)];

    [Fact]
    public void Packed_windows_ask_for_every_token_but_the_first_exactly_once_an_epoch()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            int count = random.Next(2, 200), length = random.Next(1, 40), sequences = random.Next(1, 6), stretch = random.Next(1, 100);
            var options = new WindowOptions(length, sequences, (ulong)random.Next());
            string what = $"seed {seed}, {count} tokens, windows of {length}, {sequences} in a batch, stretches of {stretch}";
            foreach (TokenText text in new TokenText[] { new TokensInMemory(Row(count)), Streamed(count, stretch, random) })
            {
                TextBatch[] batches = [.. Epoch(new PackedWindows<TextBatch>(text, new NextTokenWindows(), options), random.Next(3)).Select(batch => batch.Batch)];
                Assert.True(batches.SelectMany(batch => batch.LabelIds).Order().SequenceEqual(Enumerable.Range(1, count - 1)), what);
                foreach (TextBatch batch in batches)
                {
                    Assert.True(batch.Ids.Select(id => id + 1).SequenceEqual(batch.LabelIds), what);
                    Assert.True(batch.Sequences.Count <= sequences && batch.Sequences.MaxLength <= length, what);
                }
            }
        }
    }

    [Fact]
    public void Ten_tokens_are_cut_as_the_documentation_shows()
    {
        var stretch = new TokenStretch(0, Row(10));
        var cuts = new WindowCuts(First: 3, Length: 4, Overlap: 1);
        TextBatch batch = new NextTokenWindows().Batch([.. Enumerable.Range(0, cuts.Count(stretch)).Select(window => cuts.Window(stretch, window))], epoch: 0);
        Assert.Equal([3, 4, 2], batch.Sequences.Lengths);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], batch.Ids);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], batch.LabelIds);
    }

    [Fact]
    public void Windows_without_overlap_hold_every_token_exactly_once()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            int count = random.Next(1, 200), length = random.Next(1, 40), stretch = random.Next(1, 100);
            var cuts = new WindowCuts(random.Next(1, length + 1), length, Overlap: 0);
            foreach (TokenText text in new TokenText[] { new TokensInMemory(Row(count)), Streamed(count, stretch, random) })
            {
                IEnumerable<int> held = text.Stretches(cuts).SelectMany(part => Enumerable.Range(0, cuts.Count(part)).SelectMany(window => cuts.Window(part, window).Ids.ToArray()));
                Assert.True(held.SequenceEqual(Enumerable.Range(0, count)), $"seed {seed}, {count} tokens, {cuts}, stretches of {stretch}");
            }
        }
    }

    [Fact]
    public void Reading_from_any_place_continues_as_if_there_had_been_no_break()
    {
        var random = new Random(3);
        var options = new WindowOptions(7, 3, Seed: 5);
        var memory = new TokensInMemory(Row(150));
        foreach (BatchSource<TextBatch> source in new BatchSource<TextBatch>[] { new PackedWindows<TextBatch>(memory, new NextTokenWindows(), options), new PackedWindows<TextBatch>(Streamed(150, 40, random), new NextTokenWindows(), options), new RandomWindows<TextBatch>(memory, new NextTokenWindows(), options) })
        {
            PositionedBatch<TextBatch>[] whole = [.. source.Read().Take(25)];
            Assert.Contains(whole, batch => batch.Position.Epoch == 2);
            for (int i = 0; i + 1 < whole.Length; i++)
            {
                Assert.Equal(whole[i].Next, whole[i + 1].Position);
                PositionedBatch<TextBatch> next = source.Read(whole[i].Next).First();
                Assert.Equal(whole[i + 1].Batch.Ids, next.Batch.Ids);
                Assert.Equal(whole[i + 1].Position, next.Position);
                Assert.Equal(whole[i + 1].Next, next.Next);
            }

            int batches = whole.Count(batch => batch.Position.Epoch == 0);
            Assert.Contains($"batch {batches + 1} of epoch 0 does not exist", Assert.Throws<InvalidDataException>(() => source.Read(new DataPosition(0, batches + 1)).First()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Epochs_and_seeds_cut_and_order_the_text_anew()
    {
        var text = new TokensInMemory(Row(100));
        int[] Ids(ulong seed, int epoch) => [.. Epoch(new PackedWindows<TextBatch>(text, new NextTokenWindows(), new WindowOptions(10, 2, seed)), epoch).SelectMany(batch => batch.Batch.Ids)];
        Assert.Equal(Ids(1, 0), Ids(1, 0));
        Assert.NotEqual(Ids(1, 0), Ids(1, 1));
        Assert.NotEqual(Ids(1, 0), Ids(2, 0));
    }

    [Fact]
    public void Random_windows_reach_both_ends_of_the_text()
    {
        var text = new TokensInMemory(Row(30));
        TextBatch[] batches = [.. new RandomWindows<TextBatch>(text, new NextTokenWindows(), new WindowOptions(8, 5, 1)).Read().Take(200).Select(batch => batch.Batch)];
        Assert.All(batches, batch => Assert.Equal([8, 8, 8, 8, 8], batch.Sequences.Lengths));
        Assert.Equal(Enumerable.Range(0, 30 - 8), batches.SelectMany(batch => batch.Sequences.Starts.ToArray().Select(start => batch.Ids[start])).Distinct().Order());
    }

    [Fact]
    public void A_text_too_short_to_ask_anything_about_is_refused()
    {
        var options = new WindowOptions(8, 1, 1);
        foreach (int[] ids in new int[][] { [], [7] })
        {
            Assert.Equal($"the text has {ids.Length} tokens; training needs 2 at least", Assert.Throws<InvalidDataException>(() => new PackedWindows<TextBatch>(new TokensInMemory(ids), new NextTokenWindows(), options).Read().First()).Message);
        }

        var error = Assert.Throws<InvalidDataException>(() => new RandomWindows<TextBatch>(new TokensInMemory(Row(8)), new NextTokenWindows(), options).Read());
        Assert.Equal("the text has 8 tokens, but a window 9; lower data.context, or set data.windows to packed", error.Message);
    }
}
