using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>
/// Learns a unigram language model: starts from many substrings, fits their probabilities by expectation-maximisation,
/// and drops those whose loss would cost the least, until the vocabulary has the size asked for.
/// </summary>
/// <remarks>
/// Kudo 2018, section 3.2, steps 1 to 4. The M step subtracts a little from every count through the digamma function,
/// a variational estimate that prefers few pieces (Liang and Klein 2007, "Structured Bayesian nonparametric models with
/// variational inference", section 3), as SentencePiece does.
/// </remarks>
internal sealed class UnigramTrainer(TrainingWords words, TokenizerOptions options)
{
    private const int StepsPerRound = 2;
    private const double KeptEachRound = 0.75;

    /// <summary>Pruning stops at this many times the final size; the rest is decided by probability.</summary>
    private const double Surplus = 1.1;

    private const double SmallestCount = 0.5;

    private readonly int wanted = options.VocabSize - Vocabulary.FirstPieceId;
    private readonly AllPaths allPaths = new();

    public static UnigramTokenizer Train(
        TokenizerOptions options, (string Word, long Count)[] words, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        var training = new TrainingWords(words, Alphabet.Choose(words, options));
        var trainer = new UnigramTrainer(training, options);
        CandidatePieces pieces = trainer.Learn(progress, cancellation);
        int[] order = [.. Enumerable.Range(0, pieces.Count).OrderByDescending(piece => pieces.Scores[piece]).ThenBy(piece => pieces.Texts[piece], StringComparer.Ordinal)];
        var vocabulary = new Vocabulary([.. order.Select(piece => pieces.Texts[piece])]);
        return new UnigramTokenizer(vocabulary, [.. order.Select(piece => pieces.Scores[piece])], options.Lowercase);
    }

    private CandidatePieces Learn(IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        CandidatePieces pieces = CandidatePieces.Seeds(words, options);
        int enough = (int)(wanted * Surplus);
        int rounds = 1 + (int)Math.Ceiling(Math.Max(0, Math.Log((double)pieces.Count / enough) / -Math.Log(KeptEachRound)));
        for (int round = 1; ; round++)
        {
            for (int step = 0; step < StepsPerRound; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                pieces = Improve(pieces);
            }

            progress?.Report(new TokenizerProgress("estimating pieces", round, Math.Max(round, rounds)));
            if (pieces.Count <= enough)
            {
                return MostProbable(pieces);
            }

            cancellation.ThrowIfCancellationRequested();
            pieces = new UnigramPruner(words, pieces).Prune(Math.Max(enough, (int)(pieces.Count * KeptEachRound)));
        }
    }

    /// <summary>One step of expectation-maximisation. Pieces that are hardly used are dropped, but not below the size asked for.</summary>
    private CandidatePieces Improve(CandidatePieces pieces)
    {
        UnigramModel model = pieces.ToModel();
        var expected = new double[pieces.Count];
        for (int word = 0; word < words.Count; word++)
        {
            allPaths.AddExpectedCounts(model, words.CodePointsOf(word), words.CountOf(word), expected);
        }

        int used = Enumerable.Range(0, pieces.Count).Count(piece => piece < pieces.Required || expected[piece] >= SmallestCount);
        bool IsKept(int piece) => used < wanted || expected[piece] >= SmallestCount;
        double total = 0;
        for (int piece = 0; piece < pieces.Count; piece++)
        {
            total += piece < pieces.Required || IsKept(piece) ? Math.Max(expected[piece], SmallestCount) : 0;
        }

        double logTotal = Digamma.Of(total);
        return pieces.Keep(IsKept, piece => Digamma.Of(Math.Max(expected[piece], SmallestCount)) - logTotal);
    }

    /// <summary>The characters, and of the other pieces the most probable.</summary>
    private CandidatePieces MostProbable(CandidatePieces pieces)
    {
        var chosen = Enumerable.Range(pieces.Required, pieces.Count - pieces.Required)
            .OrderByDescending(piece => pieces.Scores[piece])
            .Take(wanted - pieces.Required).ToHashSet();
        return pieces.Keep(chosen.Contains, piece => pieces.Scores[piece]);
    }
}
