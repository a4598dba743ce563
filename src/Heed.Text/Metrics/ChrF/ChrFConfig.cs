namespace Heed.Text.Metrics.ChrF;

/// <summary>The settings of chrF; the defaults are those of sacreBLEU, chrF2 with characters only.</summary>
public sealed record ChrFConfig
{
    private const int LongestOrder = 64;

    /// <summary>chrF++: counts single words and pairs of words as well.</summary>
    public static ChrFConfig PlusPlus { get; } = new() { WordOrder = 2 };

    /// <summary>The longest n-grams of characters: 1 to 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int CharacterOrder
    {
        get;
        init => field = Checked(value, 1, LongestOrder);
    } = 6;

    /// <summary>The longest n-grams of words: 0 to 64; 2 makes chrF++.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int WordOrder
    {
        get;
        init => field = Checked(value, 0, LongestOrder);
    }

    /// <summary>How much more recall weighs than precision: 0 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int Beta
    {
        get;
        init => field = Checked(value, 0, 100);
    } = 2;

    /// <summary>Compares without regard to case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Counts white space as characters.</summary>
    public bool Whitespace { get; init; }

    /// <summary>
    /// Averages F over all orders, with a tiny value where there is none, as chrF++.py and NLTK do. Otherwise only the
    /// orders count of which both sides have n-grams.
    /// </summary>
    public bool EpsilonSmoothing { get; init; }

    private static int Checked(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
