namespace Heed.Training.FineTuning;

/// <summary>What happens to an example with more tokens than are wanted.</summary>
public enum TooLong
{
    /// <summary>It is left out, and counted.</summary>
    Drop,

    /// <summary>Its end is cut off, and it is counted. One of which no answer is left is left out.</summary>
    Truncate,
}
