using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Models.Translating;

/// <summary>Writes outputs for any number of sources: in batches of similar length, several batches at the same time where there are cores for them.</summary>
/// <remarks>
/// An output has the same bits whatever shares its batch, so the division into batches decides about speed alone. Threads that
/// decode a batch each never wait for each other, which threads that share one batch do at every operation; so a batch is
/// even divided for that, as long as each part keeps enough hypotheses to make use of the weights it reads.
/// </remarks>
public sealed class BatchedSearch
{
    // With fewer hypotheses a step takes as long as reading the weights, which threads with a batch each would all do.
    private const int FewestHypotheses = 32;

    private readonly Seq2SeqModel model;
    private readonly SequenceSearch search;

    /// <summary>Creates a search over batches.</summary>
    /// <param name="model">The model that writes.</param>
    /// <param name="search">How each batch is searched; <see cref="DecodingOptions.BatchTokens"/> of its options limits the batches.</param>
    public BatchedSearch(Seq2SeqModel model, SequenceSearch search)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(search);
        this.model = model;
        this.search = search;
    }

    /// <summary>Writes the outputs of every source.</summary>
    /// <param name="sources">The tokens of each source, its end token included; none is empty.</param>
    /// <param name="batchDone">Told which sources a batch held and what was written for them, one batch at a time; may be null.</param>
    /// <param name="cancellation">Ends the work at the next step.</param>
    /// <returns>The outputs of each source, best first, in the order of the sources.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers.</exception>
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Run(
        IReadOnlyList<int[]> sources, Action<IReadOnlyList<int>, IReadOnlyList<IReadOnlyList<Hypothesis>>>? batchDone = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var outputs = new IReadOnlyList<Hypothesis>[sources.Count];
        Device device = model.Device;
        (int[][] batches, bool sideBySide) = Divide([.. sources.Select(source => source.Length)], device.Parallelism);
        var gate = new Lock();
        void Decode(int batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] indices = batches[batch];
            var found = Search(sources, indices, cancellation);
            for (int i = 0; i < indices.Length; i++)
            {
                outputs[indices[i]] = found[i];
            }

            lock (gate)
            {
                batchDone?.Invoke(indices, found);
            }
        }

        if (sideBySide)
        {
            device.ForEach(batches.Length, Decode);
        }
        else
        {
            for (int batch = 0; batch < batches.Length; batch++)
            {
                Decode(batch);
            }
        }

        return outputs;
    }

    // The batches are as equal as the lengths allow, and a multiple of the threads: none ends long before the others.
    private (int[][] Batches, bool SideBySide) Divide(int[] lengths, int threads)
    {
        long total = lengths.Sum(length => (long)length);
        long budget = Math.Max(1, search.Options.BatchTokens / search.Options.BeamSize);
        long shares = threads * Math.Max(1, (total + (budget * threads) - 1) / (budget * threads));
        bool sideBySide = threads > 1 && lengths.Length * (long)search.Options.BeamSize >= FewestHypotheses * shares;
        return ([.. LengthBatches.Group(lengths, sideBySide ? Math.Max(1, (total + shares - 1) / shares) : budget)], sideBySide);
    }

    private IReadOnlyList<IReadOnlyList<Hypothesis>> Search(IReadOnlyList<int[]> sources, int[] indices, CancellationToken cancellation)
    {
        int[] ids = [.. indices.SelectMany(i => sources[i])];
        int[] lengths = [.. indices.Select(i => sources[i].Length)];
        using DecodingSession session = model.Begin(ids, Segments.FromLengths(lengths));
        return search.Run(session, [.. lengths.Select(search.Options.MaxLengthFor)], cancellation);
    }
}
