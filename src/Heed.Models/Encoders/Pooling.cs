namespace Heed.Models.Encoders;

/// <summary>How a sequence's states become one vector.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The first one: that of the classification token.</summary>
    First,
}
