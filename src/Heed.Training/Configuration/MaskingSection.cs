using Heed.Models.Configuration;

namespace Heed.Training.Configuration;

/// <summary>Which tokens a masked language model has to name, and what it sees in their places.</summary>
/// <remarks>Devlin et al. 2019, section 3.1 and appendix A.1. The choice is drawn anew in every epoch (Liu et al. 2019, section 4.1).</remarks>
public sealed record MaskingSection
{
    /// <summary>The share of tokens that are to be named.</summary>
    public double Share { get; init; } = 0.15;

    /// <summary>The share of those that the mask token stands for.</summary>
    public double MaskedShare { get; init; } = 0.8;

    /// <summary>The share of those that a random token stands for; the rest are seen as they are.</summary>
    public double RandomShare { get; init; } = 0.1;

    /// <summary>Whether all tokens of a word are chosen together.</summary>
    public bool WholeWords { get; init; }

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A share is out of range.</exception>
    public void Validate()
    {
        if (!(Share > 0 && Share < 1))
        {
            throw new ConfigException(FormattableString.Invariant($"masking.share is {Share}; it must be above 0 and below 1"));
        }

        if (!(MaskedShare >= 0 && RandomShare >= 0 && MaskedShare + RandomShare <= 1))
        {
            throw new ConfigException(FormattableString.Invariant($"masking.maskedShare {MaskedShare} and masking.randomShare {RandomShare} must not be negative, nor more than 1 together"));
        }
    }
}
