namespace Heed.Text.Metrics.Ter;

/// <summary>The settings of TER; the defaults are those of tercom and sacreBLEU: white space, lower case.</summary>
public sealed record TerConfig
{
    /// <summary>Splits off punctuation first.</summary>
    public bool Normalized { get; init; }

    /// <summary>Removes punctuation.</summary>
    public bool NoPunctuation { get; init; }

    /// <summary>
    /// Treats ideographs as words and knows East Asian punctuation; changes nothing without <see cref="Normalized"/> or
    /// <see cref="NoPunctuation"/>.
    /// </summary>
    public bool AsianSupport { get; init; }

    /// <summary>Tells upper from lower case.</summary>
    public bool CaseSensitive { get; init; }
}
