using System.Globalization;
using Heed.Models.Configuration;

namespace Heed.Training.Data;

/// <summary>Decides by their lengths which sentence pairs to train on. Pairs with an empty side are always dropped.</summary>
/// <remarks>Lengths are in tokens and do not count the tokens that begin and end a sentence.</remarks>
public sealed record LengthFilter
{
    /// <summary>The most tokens that a side may have.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>How many times longer one side may be than the other; 9 is what the Moses tools use.</summary>
    public double MaxRatio { get; init; } = 9;

    /// <summary>Checks that the limits make sense.</summary>
    /// <exception cref="ConfigException">A limit is less than 1.</exception>
    public void Validate()
    {
        if (MaxTokens < 1)
        {
            throw new ConfigException($"maxTokens is {MaxTokens}, so no sentence would be kept; it must be at least 1");
        }

        if (!(MaxRatio >= 1))
        {
            throw new ConfigException(string.Create(CultureInfo.InvariantCulture,
                $"maxRatio is {MaxRatio}, but the longer side is always at least as long as the shorter; it must be at least 1"));
        }
    }

    /// <summary>Why a pair of these lengths is dropped, or null where it is kept.</summary>
    public DropReason? Check(int sourceLength, int targetLength)
    {
        int shorter = Math.Min(sourceLength, targetLength);
        int longer = Math.Max(sourceLength, targetLength);
        return shorter == 0 ? DropReason.Empty
            : longer > MaxTokens ? DropReason.TooLong
            : longer > MaxRatio * shorter ? DropReason.LengthRatio
            : null;
    }

    /// <summary>A reason in words, with this filter's limit.</summary>
    public string Describe(DropReason reason) => reason switch
    {
        DropReason.Empty => "with an empty side",
        DropReason.TooLong => $"with more than {MaxTokens} tokens on a side",
        _ => string.Create(CultureInfo.InvariantCulture, $"with one side more than {MaxRatio} times as long as the other"),
    };
}
