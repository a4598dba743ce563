namespace Heed.Training;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>It took the steps, epochs or minutes that it was allowed.</summary>
    Finished,

    /// <summary>The validation loss has not improved for long.</summary>
    Converged,

    /// <summary>Somebody asked it to stop; it can be resumed.</summary>
    Cancelled,
}
