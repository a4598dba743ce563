using System.Runtime.InteropServices;

namespace Heed.Models.Decoding;

/// <summary>The beam of one sentence: its live hypotheses and the best of its complete ones.</summary>
internal sealed class SentenceBeam
{
    private readonly int maxLength;
    private readonly HypothesisTree tree;
    private readonly GenerationTokens special;
    private readonly DecodingOptions options;
    private readonly ScoreAdjustment? adjustment;
    private readonly BestHypotheses complete;
    private readonly List<Continuation> continuations = [];
    private List<LiveHypothesis> live = [new(HypothesisTree.Root, 0, 0, 0)];
    private List<LiveHypothesis> extended = [];
    private int length;

    public SentenceBeam(int maxLength, HypothesisTree tree, GenerationTokens special, DecodingOptions options, ScoreAdjustment? adjustment = null)
    {
        this.adjustment = adjustment;
        this.maxLength = maxLength;
        this.tree = tree;
        this.special = special;
        this.options = options;
        complete = new BestHypotheses(options.BeamSize);
    }

    /// <summary>The hypotheses to extend, better first; none when the sentence is done.</summary>
    public ReadOnlySpan<LiveHypothesis> Live => CollectionsMarshal.AsSpan(live);

    /// <summary>Extends every live hypothesis by one token, ends some, and drops what the beam has no room for.</summary>
    /// <param name="logits">The rows of the live hypotheses, [live, vocabSize].</param>
    /// <param name="next">Finds the best tokens of a row; wanted are as many more than the beam is wide as there are end tokens.</param>
    public void Advance(ReadOnlySpan<float> logits, NextTokens next)
    {
        FindContinuations(logits, next);
        if (continuations.Count == 0)
        {
            CutLive(); // every token that is allowed has probability zero
            return;
        }

        length++;
        ChooseContinuations();
        if (IsDecided(continuations[0].LogProbability))
        {
            live.Clear();
        }
        else if (length == maxLength)
        {
            CutLive();
        }
    }

    /// <summary>The best complete hypotheses, best first.</summary>
    public IReadOnlyList<Hypothesis> Results() =>
        [.. complete.Best(options.NBest).Select(entry => tree.ToHypothesis(entry.Node, entry.LogProbability, entry.Score, entry.IsFinished))];

    // As many tokens more than the beam is wide as there are to end with are enough of each row: every row could fill the beam.
    private void FindContinuations(ReadOnlySpan<float> logits, NextTokens next)
    {
        continuations.Clear();
        int vocabSize = logits.Length / live.Count;
        for (int parent = 0; parent < live.Count; parent++)
        {
            next.Read(logits.Slice(parent * vocabSize, vocabSize), length, maxLength, options.MinLength, adjustment, adjustment is null ? [] : tree.TokensOf(live[parent].Node));
            for (int rank = 0; rank < next.Tokens.Length; rank++)
            {
                double logProbability = next.LogProbabilities[rank];
                continuations.Add(new Continuation(live[parent].LogProbability + logProbability, parent, rank, next.Tokens[rank], logProbability));
            }
        }

        continuations.Sort();
    }

    private void ChooseContinuations()
    {
        extended.Clear();
        for (int i = 0; i < continuations.Count && extended.Count < options.BeamSize; i++)
        {
            Continuation continuation = continuations[i];
            bool ends = special.Ends(continuation.Token);
            if (ends && i >= options.BeamSize)
            {
                continue;
            }

            int node = tree.Add(live[continuation.Parent].Node, continuation.Token, continuation.TokenLogProbability);
            if (ends)
            {
                Complete(node, continuation.LogProbability, isFinished: true);
            }
            else
            {
                extended.Add(new LiveHypothesis(node, continuation.LogProbability, continuation.Parent, continuation.Token));
            }
        }

        (live, extended) = (extended, live);
    }

    private bool IsDecided(double bestLogProbability)
    {
        bool isFull = complete.Count >= options.BeamSize;
        return (options.BeamSize == 1 ? EarlyStopping.WhenFull : options.EarlyStopping) switch
        {
            EarlyStopping.WhenFull => isFull,
            EarlyStopping.WhenUnlikely => isFull && complete.ScoreToBeat(options.BeamSize) >= options.Score(bestLogProbability, length),
            _ => live.Count == 0 || complete.ScoreToBeat(options.NBest) >= BestPossibleScore(live[0].LogProbability),
        };
    }

    // A log-probability only falls. What it is divided by is largest at the cap, or at the next step for a negative penalty.
    private double BestPossibleScore(double logProbability) =>
        options.Score(logProbability, options.LengthPenalty > 0 ? maxLength : Math.Min(length + 1, maxLength));

    private void CutLive()
    {
        foreach (LiveHypothesis hypothesis in live)
        {
            Complete(hypothesis.Node, hypothesis.LogProbability, isFinished: false);
        }

        live.Clear();
    }

    private void Complete(int node, double logProbability, bool isFinished) =>
        complete.Add(new BestHypotheses.Entry(node, logProbability, options.Score(logProbability, Math.Max(1, length)), isFinished));
}
