namespace Heed.Training.Data;

/// <summary>Turns sentence pairs into token ids on several threads; the result does not depend on how many.</summary>
/// <param name="encodeSource">The ids of a source sentence, as <c>tokenizer.Encode</c>; called from several threads at once.</param>
/// <param name="encodeTarget">The ids of a target sentence.</param>
/// <param name="filter">Which pairs to keep.</param>
/// <param name="threads">How many threads; 0 for one per processor.</param>
public sealed class CorpusEncoder(Func<string, int[]> encodeSource, Func<string, int[]> encodeTarget, LengthFilter filter, int threads = 0)
{
    /// <summary>Encodes a whole corpus into memory.</summary>
    /// <param name="pairs">The sentences, such as <see cref="ParallelText.Read"/>.</param>
    /// <param name="report">Receives what was kept and dropped.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">No pair is left.</exception>
    /// <exception cref="Heed.Models.Configuration.ConfigException">A limit of the filter is out of range.</exception>
    public EncodedCorpus Encode(IEnumerable<SentencePair> pairs, out FilterReport report, CancellationToken cancellationToken = default)
    {
        report = Report();
        var corpus = EncodedCorpus.From(Stream(pairs, report, cancellationToken));
        return corpus.Count > 0 ? corpus : throw NothingLeft(report);
    }

    /// <summary>Encodes pairs as they are asked for, for a corpus that does not fit in memory.</summary>
    /// <param name="pairs">The sentences.</param>
    /// <param name="report">Counts what was kept and dropped, if wanted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Heed.Models.Configuration.ConfigException">A limit of the filter is out of range.</exception>
    public IEnumerable<EncodedPair> Stream(
        IEnumerable<SentencePair> pairs, FilterReport? report = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        filter.Validate();
        var counts = report ?? Report();
        return OrderedParallel
            .Select(pairs, pair => new EncodedPair(encodeSource(pair.Source), encodeTarget(pair.Target)), threads, cancellationToken)
            .Where(pair => counts.Accept(pair.Source.Length, pair.Target.Length));
    }

    /// <summary>A report of what this encoder's filter keeps and drops, still empty.</summary>
    internal FilterReport Report() => new(filter);

    internal static InvalidDataException NothingLeft(FilterReport report) => new($"no sentence pair is left to train on: {report}");
}
