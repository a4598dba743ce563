using Heed.Models.Decoding;

namespace Heed.Models.Tests.Decoding;

/// <summary>Beam search and full enumeration for one sentence, written for clarity alone: lists, sorts and no limits.</summary>
internal sealed class NaiveBeamSearch(FakeSession.Scorer scorer, GenerationTokens special, DecodingOptions options)
{
    public sealed record Prefix(int[] Tokens, double LogProbability, bool IsFinished)
    {
        public static readonly Prefix Empty = new([], 0, false);
    }

    /// <summary>Every complete output there is, best first.</summary>
    public List<Prefix> Enumerate(int sentence, int maxLength)
    {
        var complete = new List<Prefix>();
        Extend(Prefix.Empty);
        return Ranked(complete);

        void Extend(Prefix prefix)
        {
            foreach (Prefix next in Continuations(sentence, prefix))
            {
                if (next.IsFinished || next.Tokens.Length == maxLength)
                {
                    complete.Add(next);
                }
                else
                {
                    Extend(next);
                }
            }
        }
    }

    /// <summary>The best complete outputs of a beam search, best first; <paramref name="runsOn"/> switches early stopping off.</summary>
    public List<Prefix> Search(int sentence, int maxLength, bool runsOn = false)
    {
        List<Prefix> live = [Prefix.Empty];
        var complete = new List<Prefix>();
        for (int length = 1; length <= maxLength; length++)
        {
            List<Prefix> continuations = [.. live.SelectMany(prefix => Continuations(sentence, prefix)).OrderByDescending(p => p.LogProbability)];
            complete.AddRange(continuations.Take(options.BeamSize).Where(p => p.IsFinished));
            complete = Ranked(complete);
            live = [.. continuations.Where(p => !p.IsFinished).Take(options.BeamSize)];
            if (!runsOn && IsDone(complete, continuations[0].LogProbability, length))
            {
                return complete;
            }
        }

        return Ranked([.. complete, .. live]);
    }

    private bool IsDone(List<Prefix> complete, double bestLogProbability, int length) =>
        complete.Count >= options.BeamSize &&
        (options.EarlyStopping == EarlyStopping.WhenFull || ScoreOf(complete[options.BeamSize - 1]) >= bestLogProbability / Math.Pow(length, options.LengthPenalty));

    private IEnumerable<Prefix> Continuations(int sentence, Prefix prefix)
    {
        float[] logits = scorer(sentence, [special.StartId, .. prefix.Tokens]);
        double largest = logits.Max();
        double logSum = largest + Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        return Enumerable.Range(0, logits.Length)
            .Where(token => !special.NeverWritten.Contains(token) && (token != special.EndId || prefix.Tokens.Length >= options.MinLength))
            .OrderByDescending(token => logits[token])
            .Select(token => new Prefix([.. prefix.Tokens, token], prefix.LogProbability + logits[token] - logSum, token == special.EndId));
    }

    private List<Prefix> Ranked(List<Prefix> complete) => [.. complete.OrderByDescending(ScoreOf)];

    public double ScoreOf(Prefix prefix) => prefix.LogProbability / Math.Pow(prefix.Tokens.Length, options.LengthPenalty);
}
