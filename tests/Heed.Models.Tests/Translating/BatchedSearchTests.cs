using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Decoding;
using Heed.Models.Tests.Seq2Seq;
using Heed.Models.Translating;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Models.Tests.Translating;

/// <summary>Batches side by side on several threads. Changes the default device, and so runs alone.</summary>
[CollectionDefinition(nameof(BatchedSearchTests), DisableParallelization = true)]
[Collection(nameof(BatchedSearchTests))]
public sealed class BatchedSearchTests : IDisposable
{
    private readonly Device before = Device.Default;

    public void Dispose() => Device.Default = before;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(3, 1)]
    public void Outputs_have_the_bits_of_each_source_alone_in_the_order_of_the_sources(int threads, int beamSize)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        int[][] sources = Sources(random, random.Next(1, 150));
        Device.Default = CpuDevice.Create(1);
        string[] alone = [.. sources.Select(source => Describe(Search(beamSize).Run([source])[0]))];

        Device.Default = CpuDevice.Create(threads);
        foreach (int batchTokens in (int[])[1, 40, 500, 100_000])
        {
            var outputs = Search(beamSize, batchTokens).Run(sources);
            Assert.Equal(sources.Length, outputs.Count);
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.True(alone[i] == Describe(outputs[i]), $"seed {seed}, batch tokens {batchTokens}, source {i}: {alone[i]} became {Describe(outputs[i])}");
            }
        }
    }

    [Fact]
    public void Every_source_is_reported_once_with_its_outputs_and_batches_one_at_a_time()
    {
        Device.Default = CpuDevice.Create(3);
        int[][] sources = Sources(new Random(5), 120);
        var reported = new Dictionary<int, IReadOnlyList<Hypothesis>>();
        int inside = 0;
        int batches = 0;
        var outputs = Search(beamSize: 2).Run(sources, (indices, found) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            batches++;
            for (int i = 0; i < indices.Count; i++)
            {
                reported.Add(indices[i], found[i]);
            }

            Interlocked.Decrement(ref inside);
        });
        Assert.True(batches >= 3, $"{batches} batches: nothing ran side by side");
        Assert.Equal(sources.Length, reported.Count);
        Assert.All(reported, pair => Assert.Same(outputs[pair.Key], pair.Value));
    }

    [Fact]
    public void Several_batches_run_at_the_same_time()
    {
        Device.Default = CpuDevice.Create(2);
        using var meeting = new Barrier(2);
        var met = new List<bool>();
        Device.Default.ForEach(2, _ =>
        {
            bool both = meeting.SignalAndWait(TimeSpan.FromMinutes(1));
            lock (met)
            {
                met.Add(both);
            }
        });
        Assert.Equal([true, true], met);
    }

    [Fact]
    public void No_sources_have_no_outputs() => Assert.Empty(Search(beamSize: 4).Run([]));

    [Fact]
    public void Cancellation_ends_all_batches()
    {
        Device.Default = CpuDevice.Create(3);
        using var source = new CancellationTokenSource();
        var search = Search(beamSize: 4, batchTokens: 40);
        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(Sources(new Random(6), 150), (_, _) => source.Cancel(), source.Token));
    }

    [Fact]
    public void A_damaged_model_is_an_error_on_the_calling_thread()
    {
        Device.Default = CpuDevice.Create(3);
        TransformerModel model = SmallTransformer.Create();
        model.TargetEmbedding.Weight.MutableValues().Fill(float.NaN);
        Assert.Throws<NotFiniteNumberException>(() => Search(model, beamSize: 4, batchTokens: 200).Run(Sources(new Random(7), 150)));
    }

    private static BatchedSearch Search(int beamSize, int batchTokens = 4096) => Search(SmallTransformer.Create(), beamSize, batchTokens);

    private static BatchedSearch Search(TransformerModel model, int beamSize, int batchTokens)
    {
        var options = new DecodingOptions { BeamSize = beamSize, NBest = beamSize, BatchTokens = batchTokens, MaxLength = 12, MaxLengthOffset = 2, MaxLengthFactor = 1 };
        return new BatchedSearch(model, SequenceSearch.Create(GenerationTokens.Create(model.BosId, model.EosId), options));
    }

    private static int[][] Sources(Random random, int count) => [.. SmallTransformer.Sentences(random, count).Select(ids => (int[])[.. ids, 2])];

    private static string Describe(IReadOnlyList<Hypothesis> outputs) =>
        string.Join(" / ", outputs.Select(h => $"{string.Join(' ', h.Tokens)} {string.Join(' ', h.TokenLogProbabilities.Select(p => p.ToString("R")))} {h.Score:R}"));
}
