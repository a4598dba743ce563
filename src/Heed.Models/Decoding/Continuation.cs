namespace Heed.Models.Decoding;

/// <summary>A live hypothesis with one more token, before it is known whether the beam has room for it.</summary>
/// <param name="LogProbability">The log-probability of the prefix with the token.</param>
/// <param name="Parent">The hypothesis's place in the beam; better ones come first.</param>
/// <param name="Rank">The token's place among the hypothesis's next tokens; likelier ones come first, then lower ids.</param>
/// <param name="Token">The token.</param>
/// <param name="TokenLogProbability">The token's own log-probability.</param>
internal readonly record struct Continuation(double LogProbability, int Parent, int Rank, int Token, double TokenLogProbability)
    : IComparable<Continuation>
{
    /// <summary>Orders the better continuation first. No two of a beam are equal, so that the order is one only.</summary>
    public int CompareTo(Continuation other)
    {
        int order = other.LogProbability.CompareTo(LogProbability);
        order = order != 0 ? order : Parent.CompareTo(other.Parent);
        return order != 0 ? order : Rank.CompareTo(other.Rank);
    }
}
