namespace Heed.Models.Generation;

/// <summary>Why an output ended.</summary>
public enum FinishReason
{
    /// <summary>The model wrote a stop token.</summary>
    StopToken,

    /// <summary>The text had a stop string, which is cut off.</summary>
    StopString,

    /// <summary>The output has as many tokens as were allowed, or as the model can read.</summary>
    Length,

    /// <summary>The output went round in circles.</summary>
    Loop,

    /// <summary>The output had hardly anything new any more.</summary>
    Runaway,

    /// <summary>The options rule out every token.</summary>
    NothingAllowed,

    /// <summary>The caller asked to stop.</summary>
    Cancelled,
}
