using Heed.Models.Seq2Seq;

namespace Heed.Training.Data;

/// <summary>The pairs that a run learns from: their batches without end, and what one pass over them showed.</summary>
public sealed class TrainingPairs
{
    private readonly CorpusFingerprint fingerprint = new();

    private TrainingPairs(FilterReport report)
    {
        Report = report;
    }

    /// <summary>The batches, epoch after epoch.</summary>
    public BatchSource<TokenBatch> Batches { get; private init; } = null!;

    /// <summary>The number of pairs.</summary>
    public long Count { get; private set; }

    /// <summary>The number of tokens of both sides, without those that begin and end a sentence.</summary>
    public long TokenCount { get; private set; }

    /// <summary>Which pairs were left out, and why.</summary>
    public FilterReport Report { get; }

    /// <inheritdoc cref="CorpusFingerprint"/>
    public ulong Fingerprint => fingerprint.Value;

    /// <summary>Holds the pairs in memory as tokens, and shuffles all of them among each other.</summary>
    /// <param name="text">The sentences.</param>
    /// <param name="encoder">Makes tokens of them.</param>
    /// <param name="options">The batches.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <exception cref="InvalidDataException">No pair is left, or the text cannot be read.</exception>
    /// <exception cref="ArgumentException">A pair alone is over a batch's budget.</exception>
    public static TrainingPairs InMemory(ParallelText text, CorpusEncoder encoder, BatchOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(encoder);
        EncodedCorpus corpus = encoder.Encode(text.Read(), out FilterReport report, cancellation);
        var pairs = new TrainingPairs(report) { Batches = new BatchSampler<TokenBatch>(corpus, options) };
        pairs.Add(corpus, options);
        return pairs;
    }

    /// <summary>Reads the pairs from their files in every epoch, and shuffles them within windows.</summary>
    /// <param name="text">The sentences.</param>
    /// <param name="encoder">Makes tokens of them.</param>
    /// <param name="options">The batches.</param>
    /// <param name="windowSize">How many pairs are held at a time.</param>
    /// <param name="cancellation">Stops the first pass.</param>
    /// <inheritdoc cref="InMemory" path="/exception"/>
    public static TrainingPairs Streamed(ParallelText text, CorpusEncoder encoder, BatchOptions options, int windowSize = StreamedBatchSampler.DefaultWindow, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(encoder);
        FilterReport report = encoder.Report();
        var pairs = new TrainingPairs(report) { Batches = new StreamedBatchSampler(() => encoder.Stream(text.Read()), options, windowSize) };
        foreach (EncodedPair[] window in encoder.Stream(text.Read(), report, cancellation).Chunk(windowSize))
        {
            pairs.Add(EncodedCorpus.From(window), options);
        }

        return pairs.Count > 0 ? pairs : throw CorpusEncoder.NothingLeft(report);
    }

    private void Add(EncodedCorpus corpus, BatchOptions options)
    {
        _ = BatchPlan.InOrder(corpus, options); // so that a pair too long for a batch is noticed now
        fingerprint.Add(corpus);
        Count += corpus.Count;
        TokenCount += corpus.TokenCount;
    }
}
