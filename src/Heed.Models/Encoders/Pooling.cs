namespace Heed.Models.Encoders;

/// <summary>How a sequence's states become one vector.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The first one: that of the classification token.</summary>
    First,

    /// <summary>The last one, which in a causal model is the only one that has seen the whole sequence.</summary>
    Last,
}
