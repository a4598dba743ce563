using Heed.Models.Configuration;

namespace Heed.Training.Configuration;

/// <summary>Where the windows of a text begin that a model is trained on.</summary>
public enum WindowKind
{
    /// <summary>One after another, so that an epoch has every token once; shuffled.</summary>
    Packed,

    /// <summary>Anywhere, drawn with replacement.</summary>
    Random,
}

/// <summary>Which text a run trains, validates and tests on, and how it is cut into windows.</summary>
public sealed record TextDataSection
{
    /// <summary>The text to learn from.</summary>
    public required TextSection Train { get; init; }

    /// <summary>The text to choose the best checkpoint by; without it and <see cref="ValidationShare"/> the latest counts as the best.</summary>
    public TextSection? Validation { get; init; }

    /// <summary>The share of the training text's end that is not learned from but validated on, in [0, 1).</summary>
    public double ValidationShare { get; init; }

    /// <summary>Validates on no more than so many first tokens of that text; null for all.</summary>
    public int? ValidationTokens { get; init; }

    /// <summary>The text to score the finished model on, once; null for the validation text.</summary>
    public TextSection? Test { get; init; }

    /// <summary>The tokens of a window: how far back a model can look while it learns.</summary>
    public int Context { get; init; } = 256;

    /// <summary>Where windows begin.</summary>
    public WindowKind Windows { get; init; }

    /// <summary>Whether the text is read from its files anew in each epoch, and its windows shuffled within stretches of some millions of tokens, instead of being held in memory.</summary>
    public bool Streaming { get; init; }

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range or contradicts another.</exception>
    public void Validate()
    {
        Train.Validate("data.train");
        Validation?.Validate("data.validation");
        Test?.Validate("data.test");
        Require(ValidationShare is >= 0 and < 1, $"data.validationShare is {ValidationShare}; it must be in [0, 1)");
        Require(Validation is null || ValidationShare == 0, $"data.validation and data.validationShare both say what to validate on; leave one of them out");
        Require(ValidationTokens is null or >= 2, $"data.validationTokens is {ValidationTokens}; it must be at least 2");
        Require(Context >= 1, $"data.context is {Context}; it must be at least 1");
        Require(!Streaming || ValidationShare == 0, $"data.validationShare needs the whole text in memory, and data.streaming reads it piece by piece; name data.validation instead");
        Require(!Streaming || Windows == WindowKind.Packed, $"data.windows: random draws from the whole text in memory, and data.streaming reads it piece by piece; take packed windows");
    }

    private static void Require(bool holds, FormattableString problem)
    {
        if (!holds)
        {
            throw new ConfigException(FormattableString.Invariant(problem));
        }
    }
}
