namespace Heed.Training;

/// <summary>Training cannot go on; the message says what to change.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to change.</param>
    public TrainingException(string message)
        : base(message)
    {
    }
}
