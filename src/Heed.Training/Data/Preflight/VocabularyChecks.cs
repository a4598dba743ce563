namespace Heed.Training.Data.Preflight;

/// <summary>Looks at how the tokenizers fit the corpus.</summary>
internal static class VocabularyChecks
{
    private const double NotableFallback = 0.01;
    private const double NotableUnused = 0.2;
    private const int LeastOccurrences = 50;

    public static IEnumerable<Finding> Run(CorpusStatistics corpus) => ReferenceEquals(corpus.SourceTokens, corpus.TargetTokens)
        ? Run(corpus.SourceTokens, "vocabulary")
        : Run(corpus.SourceTokens, "source vocabulary").Concat(Run(corpus.TargetTokens, "target vocabulary"));

    private static IEnumerable<Finding> Run(TokenCounts tokens, string name)
    {
        if (tokens.Fallback > NotableFallback * tokens.Total)
        {
            yield return new(FindingSeverity.Warning,
                $"{PlainWords.Share(tokens.Fallback, tokens.Total)} of the tokens are characters that the {name} does not know.",
                "Train the tokenizer on this corpus, or on text in the same languages.");
        }

        // Rare entries are hardly trained (Gowda and May 2020, "Finding the optimal vocabulary size", section 5).
        double occurrences = (double)tokens.Total / tokens.VocabSize;
        if (occurrences < LeastOccurrences)
        {
            yield return new(FindingSeverity.Warning,
                $"The {name} has {tokens.VocabSize} entries for {PlainWords.Count(tokens.Total)} tokens: each occurs {PlainWords.Number(occurrences)} times on average, too few to learn it.",
                "Choose a smaller vocabulary, or add data.");
        }
        else if (tokens.Unused > NotableUnused * tokens.VocabSize)
        {
            yield return new(FindingSeverity.Warning,
                $"{tokens.Unused} of the {tokens.VocabSize} entries of the {name} never occur.",
                "Train the tokenizer on this corpus to save their memory and time.");
        }
    }
}
