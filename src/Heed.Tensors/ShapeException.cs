namespace Heed.Tensors;

/// <summary>Thrown when the shapes given to an operation do not fit together. The message names the operation and the shapes.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Creates the exception with a message that names the operation and the shapes.</summary>
    /// <param name="message">What did not fit, with the values.</param>
    public ShapeException(string message)
        : base(message)
    {
    }
}
