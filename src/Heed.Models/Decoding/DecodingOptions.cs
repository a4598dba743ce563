using System.Runtime.CompilerServices;
using Heed.Models.Configuration;

namespace Heed.Models.Decoding;

/// <summary>How a model's output is searched for. Lengths are in tokens; an output's end token counts, its start token does not.</summary>
public sealed record DecodingOptions
{
    /// <summary>How many hypotheses of a sentence are followed at once; 1 is greedy search.</summary>
    public int BeamSize { get; init; } = 5;

    /// <summary>
    /// The exponent alpha in <c>score = logProbability / length^alpha</c>: 0 compares plain probabilities and so prefers
    /// short outputs, 1 compares the mean over the tokens, more than 1 prefers long outputs.
    /// </summary>
    /// <remarks>
    /// The form of Hugging Face and fairseq. GNMT (Wu et al. 2016, section 7) divides by <c>((5 + length) / 6)^alpha</c>
    /// instead, and adds a coverage penalty; neither is offered here.
    /// </remarks>
    public double LengthPenalty { get; init; } = 1.0;

    /// <summary>When a sentence is left although hypotheses of it could still be extended.</summary>
    public EarlyStopping EarlyStopping { get; init; } = EarlyStopping.WhenUnlikely;

    /// <summary>How many different outputs of each sentence are returned; at most <see cref="BeamSize"/>.</summary>
    public int NBest { get; init; } = 1;

    /// <summary>The factor in <c>maxLength = factor * sourceLength + offset</c>, the length at which an output is cut.</summary>
    public double MaxLengthFactor { get; init; } = 2.0;

    /// <summary>The offset in <c>maxLength = factor * sourceLength + offset</c>.</summary>
    public int MaxLengthOffset { get; init; } = 20;

    /// <summary>No output is longer than this, whatever its source. A model's own limit may be lower still.</summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>How many tokens an output has at least before its end token.</summary>
    public int MinLength { get; init; }

    /// <summary>No run of so many tokens occurs twice in an output; 0 allows it.</summary>
    /// <remarks>Paulus et al. 2017, section 2.5. What it rules out is not shared out among the other tokens.</remarks>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>
    /// How much is decoded at once: the source tokens of a batch times the beam size stay below this where a batch has more
    /// than one sentence. There are as many such batches at the same time as threads. It decides about speed and memory, never
    /// about results.
    /// </summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>
    /// How many lines of a stream are read ahead, so that lines of similar length can share a batch; 1 answers every line
    /// before the next is read. It decides about speed and memory, never about results.
    /// </summary>
    public int WindowLines { get; init; } = 2048;

    /// <summary>The length at which the output for a source is cut.</summary>
    /// <param name="sourceLength">The source's length, its end token included.</param>
    public int MaxLengthFor(int sourceLength) =>
        (int)Math.Clamp((MaxLengthFactor * sourceLength) + MaxLengthOffset, 1, MaxLength);

    /// <summary>What hypotheses are compared by: <c>logProbability / length^alpha</c>.</summary>
    /// <param name="logProbability">The sum of the natural logarithms of the tokens' probabilities.</param>
    /// <param name="length">The number of tokens, at least 1.</param>
    public double Score(double logProbability, int length) => logProbability / Math.Pow(length, LengthPenalty);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range, or <see cref="NBest"/> is more than <see cref="BeamSize"/>.</exception>
    public void Validate()
    {
        Require(BeamSize, 1, 10_000);
        Require(LengthPenalty, -10, 10);
        Require(MaxLengthFactor, 0, 1000);
        Require(MaxLengthOffset, 0, 1_000_000);
        Require(MaxLength, 1, 1_000_000);
        Require(MinLength, 0, MaxLength - 1);
        Require(NoRepeatNgramSize, 0, 1000);
        Require(BatchTokens, 1, int.MaxValue);
        Require(WindowLines, 1, 1_000_000);
        Require(NBest, 1, BeamSize);
        if (!Enum.IsDefined(EarlyStopping))
        {
            throw new ConfigException($"earlyStopping {EarlyStopping} is not known; use one of {string.Join(", ", Enum.GetNames<EarlyStopping>())}");
        }
    }

    private static void Require(double value, double minimum, double maximum, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= minimum && value <= maximum))
        {
            string key = char.ToLowerInvariant(name[0]) + name[1..];
            string mend = name == nameof(NBest) ? "; a beam finds at most as many outputs as it is wide" : string.Empty;
            throw new ConfigException(FormattableString.Invariant($"{key} {value} is out of range; it must be between {minimum} and {maximum}{mend}"));
        }
    }
}
