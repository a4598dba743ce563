using Heed.Models.Configuration;

namespace Heed.Training.Configuration;

/// <summary>The gaps of span corruption.</summary>
/// <remarks>Raffel et al. 2020, section 3.1.4, with the values that section 3.3.4 settles on.</remarks>
public sealed record CorruptionSection
{
    /// <summary>The share of tokens that are missing.</summary>
    public double Share { get; init; } = 0.15;

    /// <summary>The mean length of a gap, in tokens.</summary>
    public double MeanSpan { get; init; } = 3;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        if (!(Share > 0 && Share < 1))
        {
            throw new ConfigException(FormattableString.Invariant($"corruption.share is {Share}; it must be above 0 and below 1"));
        }

        if (!(MeanSpan >= 1 && double.IsFinite(MeanSpan)))
        {
            throw new ConfigException(FormattableString.Invariant($"corruption.meanSpan is {MeanSpan}; it must be at least 1"));
        }
    }
}
