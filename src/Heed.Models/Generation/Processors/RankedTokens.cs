using System.Runtime.InteropServices;

namespace Heed.Models.Generation.Processors;

/// <summary>The tokens that are still possible, by falling or rising key, and those of them that are cut off. The buffers are used again for every row.</summary>
internal sealed class RankedTokens
{
    private readonly List<(double Key, int Token)> ranked = [];

    /// <summary>Leaves the first tokens whose probabilities add up to some mass, one at least, and rules the others out.</summary>
    /// <param name="logits">The row.</param>
    /// <param name="largest">Its largest number.</param>
    /// <param name="sum">Its <see cref="Softmax.Sum"/>.</param>
    /// <param name="mass">The probability: a token is left if those before it have less.</param>
    /// <param name="key">What tokens are ordered by, smallest first; the lower token is first among equals.</param>
    public void Keep(Span<float> logits, float largest, double sum, double mass, Func<float, double> key)
    {
        ranked.Clear();
        for (int token = 0; token < logits.Length; token++)
        {
            if (!float.IsNegativeInfinity(logits[token]))
            {
                ranked.Add((key(logits[token]), token));
            }
        }

        ranked.Sort();
        double before = 0;
        foreach ((_, int token) in CollectionsMarshal.AsSpan(ranked))
        {
            double probability = Softmax.Weight(logits[token], largest) / sum;
            if (before >= mass)
            {
                logits[token] = float.NegativeInfinity;
            }

            before += probability;
        }
    }
}
