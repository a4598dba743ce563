using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Preflight;

/// <summary>What one pass over a corpus shows.</summary>
public sealed class CorpusStatistics
{
    /// <summary>Repeated pairs are looked for among this many; more would take too much memory.</summary>
    public const int MaxRemembered = 10_000_000;

    private readonly HashSet<ulong> known = [];
    private readonly LengthCorrelation correlation = new();
    private readonly LengthFilter filter;

    private CorpusStatistics(Tokenizer sourceTokenizer, Tokenizer targetTokenizer, LengthFilter filter)
    {
        this.filter = filter;
        SourceTokens = new TokenCounts(sourceTokenizer);
        TargetTokens = ReferenceEquals(sourceTokenizer, targetTokenizer) ? SourceTokens : new TokenCounts(targetTokenizer);
    }

    /// <summary>The number of sentence pairs.</summary>
    public long Pairs { get; private set; }

    /// <summary>The number of pairs that the length filter keeps.</summary>
    public long KeptPairs { get; private set; }

    /// <summary>The number of tokens of the kept pairs, with those that begin and end sentences.</summary>
    public long KeptTokens { get; private set; }

    /// <summary>The most tokens in a kept pair, counted so.</summary>
    public int LongestPair { get; private set; }

    /// <summary>Pairs with an empty side.</summary>
    public LineExamples Empty { get; } = new();

    /// <summary>Pairs with a side of more tokens than the filter allows.</summary>
    public LineExamples TooLong { get; } = new();

    /// <summary>Pairs with one side many times as long as the other.</summary>
    public LineExamples UnevenLengths { get; } = new();

    /// <summary>Pairs whose sides are the same text.</summary>
    public LineExamples Identical { get; } = new();

    /// <summary>Pairs that occurred before, among the first <see cref="MaxRemembered"/>.</summary>
    public LineExamples Repeated { get; } = new();

    /// <summary>Pearson's correlation of the sides' lengths in tokens.</summary>
    public double LengthCorrelation => correlation.Value;

    /// <summary>The source side's tokens; of both sides where they share a tokenizer.</summary>
    public TokenCounts SourceTokens { get; }

    /// <summary>The target side's tokens; of both sides where they share a tokenizer.</summary>
    public TokenCounts TargetTokens { get; }

    /// <summary>Reads a corpus once.</summary>
    /// <param name="pairs">The sentences.</param>
    /// <param name="sourceTokenizer">The tokenizer of the source side.</param>
    /// <param name="targetTokenizer">The tokenizer of the target side; the same object where they share one.</param>
    /// <param name="filter">What training will keep.</param>
    /// <param name="threads">How many threads encode; 0 for one per processor. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static CorpusStatistics Collect(
        IEnumerable<SentencePair> pairs, Tokenizer sourceTokenizer, Tokenizer targetTokenizer, LengthFilter filter,
        int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sourceTokenizer);
        ArgumentNullException.ThrowIfNull(targetTokenizer);
        ArgumentNullException.ThrowIfNull(filter);
        filter.Validate();
        var statistics = new CorpusStatistics(sourceTokenizer, targetTokenizer, filter);
        var encoded = OrderedParallel.Select(
            pairs, pair => (Text: pair, Source: sourceTokenizer.Encode(pair.Source), Target: targetTokenizer.Encode(pair.Target)), threads, cancellationToken);
        foreach (var pair in encoded)
        {
            statistics.Add(pair.Text, pair.Source, pair.Target);
        }

        return statistics;
    }

    /// <summary>Counts the pairs of another text, such as a test set, that this corpus holds too.</summary>
    public LineExamples CountKnown(IEnumerable<SentencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var found = new LineExamples();
        long line = 0;
        foreach (var pair in pairs)
        {
            line++;
            if (known.Contains(PairHash.Of(pair)))
            {
                found.Add(line);
            }
        }

        return found;
    }

    private void Add(SentencePair text, int[] source, int[] target)
    {
        Pairs++;
        SourceTokens.Add(source);
        TargetTokens.Add(target);
        AddLengths(source.Length, target.Length);
        if (source.Length == 0 || target.Length == 0)
        {
            return;
        }

        correlation.Add(source.Length, target.Length);
        if (text.Source == text.Target)
        {
            Identical.Add(Pairs);
        }

        if (known.Count < MaxRemembered && !known.Add(PairHash.Of(text)))
        {
            Repeated.Add(Pairs);
        }
    }

    private void AddLengths(int source, int target)
    {
        switch (filter.Check(source, target))
        {
            case DropReason.Empty:
                Empty.Add(Pairs);
                break;
            case DropReason.TooLong:
                TooLong.Add(Pairs);
                break;
            case DropReason.LengthRatio:
                UnevenLengths.Add(Pairs);
                break;
            default:
                KeptPairs++;
                KeptTokens += source + target + 2;
                LongestPair = Math.Max(LongestPair, source + target + 2);
                break;
        }
    }
}
