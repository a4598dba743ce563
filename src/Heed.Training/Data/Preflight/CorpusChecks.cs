namespace Heed.Training.Data.Preflight;

/// <summary>Looks at the sentence pairs themselves.</summary>
internal static class CorpusChecks
{
    // Below these shares a corpus is as clean as the public ones are.
    private const double NotableShare = 0.01;
    private const double NotableRepeats = 0.1;

    private const double LeastCorrelation = 0.3;
    private const int PairsForCorrelation = 100;

    public static IEnumerable<Finding> Run(CorpusStatistics corpus)
    {
        string size = $"{PlainWords.Count(corpus.Pairs)} sentence pairs";
        yield return new(FindingSeverity.Information,
            $"{size}, of which {PlainWords.Count(corpus.KeptPairs)} are kept, with {PlainWords.Count(corpus.KeptTokens)} tokens; the longest has {corpus.LongestPair}.");

        if (corpus.Pairs >= PairsForCorrelation && corpus.LengthCorrelation < LeastCorrelation)
        {
            yield return new(FindingSeverity.Warning,
                $"Long sentences do not have long translations (correlation of the lengths {PlainWords.Number(corpus.LengthCorrelation)}).",
                "The two sides are probably not in the same order; compare some lines by eye.");
        }

        foreach (var finding in RunLines(corpus))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> RunLines(CorpusStatistics corpus)
    {
        var checks = new (LineExamples Lines, double Notable, string What, string Mend)[]
        {
            (corpus.Empty, NotableShare, "have an empty side and are dropped", "If that is unexpected, check that the files belong together."),
            (corpus.TooLong, NotableShare, "are longer than the limit and are dropped", "Raise the limit of tokens, or split the sentences."),
            (corpus.UnevenLengths, NotableShare, "have sides of very unlike length and are dropped", "Check that line n of one side is the translation of line n of the other."),
            (corpus.Identical, NotableShare, "have the same text on both sides", "They teach the model to copy; remove them unless that is wanted."),
            (corpus.Repeated, NotableRepeats, "repeat an earlier pair", "Remove repeated pairs, and make sure that none is also in the validation or test data."),
        };
        foreach (var (lines, notable, what, mend) in checks.Where(c => c.Lines.Count > 0))
        {
            var severity = lines.Count > notable * corpus.Pairs ? FindingSeverity.Warning : FindingSeverity.Information;
            yield return new(severity, $"{lines.Count} of {corpus.Pairs} pairs ({PlainWords.Share(lines.Count, corpus.Pairs)}) {what} ({lines}).", mend);
        }
    }
}
