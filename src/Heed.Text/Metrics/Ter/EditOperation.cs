namespace Heed.Text.Metrics.Ter;

/// <summary>A step in making a hypothesis into its reference.</summary>
internal enum EditOperation : byte
{
    /// <summary>No path leads here inside the beam.</summary>
    Unreachable,

    /// <summary>The words are equal.</summary>
    Keep,

    /// <summary>A word of the hypothesis becomes one of the reference.</summary>
    Substitute,

    /// <summary>A word of the reference is missing.</summary>
    Insert,

    /// <summary>A word of the hypothesis is too much.</summary>
    Delete,
}
