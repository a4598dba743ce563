using Heed.Models.Seq2Seq;
using Heed.Training.Data;

namespace Heed.Training.Tests.Data;

public sealed class BatchSamplerTests
{
    private static readonly BatchOptions Options = new() { MaxTokens = 300, Seed = 17 };

    private static BatchSource<TokenBatch>[] Sources(int count = 500)
    {
        var pairs = RandomCorpus.Pairs(count, seed: 2);
        return
        [
            new BatchSampler<TokenBatch>(EncodedCorpus.From(pairs), Options),
            new StreamedBatchSampler(() => pairs, Options, windowSize: 30),
            new StreamedBatchSampler(() => pairs, Options, windowSize: 100_000),
        ];
    }

    private static PositionedBatch<TokenBatch>[] Epoch(BatchSource<TokenBatch> source, int epoch) =>
        [.. source.Read(new DataPosition(epoch, 0)).TakeWhile(b => b.Position.Epoch == epoch)];

    // The first source id of a sentence tells which pair it is.
    private static IEnumerable<int> Pairs(PositionedBatch<TokenBatch> batch) => batch.Batch.Sources.Starts.ToArray().Select(start => batch.Batch.SourceIds[start] - 1000);

    [Fact]
    public void A_batch_holds_its_sentences_one_after_another()
    {
        var corpus = EncodedCorpus.From([new([11, 12], [21]), new([13], [22, 23, 24]), new([], [])]);
        var batch = corpus.Batch([1, 0, 2], new BatchOptions());

        Assert.Equal([13, 2, 11, 12, 2, 2], batch.SourceIds);
        Assert.Equal([0, 2, 5], batch.Sources.Starts);
        Assert.Equal([2, 3, 1], batch.Sources.Lengths);
        Assert.Equal([1, 22, 23, 24, 1, 21, 1], batch.DecoderInputIds);
        Assert.Equal([22, 23, 24, 2, 21, 2, 2], batch.LabelIds);
        Assert.Equal([0, 4, 6], batch.Targets.Starts);
        Assert.Equal((3, 13), (batch.Count, batch.TokenCount));

        var packed = TokenBatch.Pack([[13], [11, 12], []], [[22, 23, 24], [21], []], bosId: 1, eosId: 2);
        Assert.Equal(packed.SourceIds, batch.SourceIds);
        Assert.Equal(packed.DecoderInputIds, batch.DecoderInputIds);
        Assert.Equal(packed.LabelIds, batch.LabelIds);
    }

    [Fact]
    public void Every_pair_comes_once_an_epoch_within_the_budget()
    {
        foreach (var source in Sources())
        {
            var epoch = Epoch(source, 0);
            Assert.Equal(Enumerable.Range(0, 500), epoch.SelectMany(Pairs).Order());
            Assert.All(epoch, batch => Assert.InRange(batch.Batch.TokenCount, 1, 300));
        }
    }

    [Fact]
    public void A_batch_holds_no_more_pairs_than_it_may()
    {
        var source = new BatchSampler<TokenBatch>(RandomCorpus.Create(500, seed: 2), Options with { MaxSequences = 3 });
        PositionedBatch<TokenBatch>[] epoch = Epoch(source, 0);
        Assert.Equal(Enumerable.Range(0, 500), epoch.SelectMany(Pairs).Order());
        Assert.Equal(3, epoch.Max(batch => batch.Batch.Count));
    }

    [Fact]
    public void Positions_count_up_and_the_last_of_an_epoch_leads_to_the_next()
    {
        foreach (var source in Sources())
        {
            int size = Epoch(source, 0).Length;
            var batches = source.Read().Take(2 * size + 1).ToArray();
            for (int i = 0; i + 1 < batches.Length; i++)
            {
                Assert.Equal(batches[i].Next, batches[i + 1].Position);
                Assert.Equal(batches[i].Next.Epoch > batches[i].Position.Epoch, batches[i].EndsEpoch);
            }

            Assert.Equal(new DataPosition(0, size - 1), batches[size - 1].Position);
            Assert.Equal(new DataPosition(1, 0), batches[size].Position);
        }
    }

    [Fact]
    public void Epochs_differ_and_seeds_differ()
    {
        foreach (var source in Sources())
        {
            Assert.NotEqual(Epoch(source, 0).SelectMany(Pairs), Epoch(source, 1).SelectMany(Pairs));
        }

        var corpus = RandomCorpus.Create(500, seed: 2);
        Assert.NotEqual(
            Epoch(new BatchSampler<TokenBatch>(corpus, Options), 0).SelectMany(Pairs),
            Epoch(new BatchSampler<TokenBatch>(corpus, Options with { Seed = 18 }), 0).SelectMany(Pairs));
    }

    [Fact]
    public void Reading_from_any_place_continues_as_if_there_had_been_no_break()
    {
        foreach (var source in Sources(100))
        {
            int size = Epoch(source, 0).Length;
            var whole = source.Read().Take(3 * size).ToArray();
            for (int i = 0; i < 2 * size; i++)
            {
                var resumed = source.Read(whole[i].Next).Take(whole.Length - i - 1).ToArray();
                Assert.Equal(whole.Skip(i + 1).Select(b => b.Position), resumed.Select(b => b.Position));
                Assert.Equal(whole.Skip(i + 1).SelectMany(b => b.Batch.DecoderInputIds), resumed.SelectMany(b => b.Batch.DecoderInputIds));
                Assert.Equal(whole.Skip(i + 1).SelectMany(b => b.Batch.SourceIds), resumed.SelectMany(b => b.Batch.SourceIds));
            }
        }
    }

    [Fact]
    public void A_window_over_the_whole_corpus_gives_the_batches_of_memory()
    {
        var sources = Sources();
        Assert.Equal(Epoch(sources[0], 3).SelectMany(Pairs), Epoch(sources[2], 3).SelectMany(Pairs));
    }

    [Fact]
    public void A_place_that_the_epoch_does_not_have_is_refused()
    {
        foreach (var source in Sources())
        {
            int size = Epoch(source, 4).Length;
            var error = Assert.Throws<InvalidDataException>(() => source.Read(new DataPosition(4, size + 1)).First());
            Assert.Equal($"batch {size + 1} of epoch 4 does not exist: the epoch has {size} batches; the data, the seed or the batch size are not those of the run that is to be continued", error.Message);
            Assert.Equal(new DataPosition(5, 0), source.Read(new DataPosition(4, size)).First().Position);
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(new DataPosition(-1, 0)));
        }
    }

    [Fact]
    public void An_empty_corpus_is_refused_instead_of_read_for_ever()
    {
        Assert.Throws<InvalidDataException>(() => new BatchSampler<TokenBatch>(EncodedCorpus.From([]), Options).Read().First());
        Assert.Throws<InvalidDataException>(() => new StreamedBatchSampler(() => [], Options).Read().First());
    }
}
