namespace Heed.Training.Data.Preflight;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>A fact to know before training.</summary>
    Information,

    /// <summary>Training will work, but probably not as well as it could.</summary>
    Warning,

    /// <summary>Training would fail or be wasted.</summary>
    Error,
}
