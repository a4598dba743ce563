namespace Heed.Models.Configuration;

/// <summary>A configuration cannot be used: a key is unknown, a value is missing, of the wrong kind or out of range.</summary>
/// <remarks>The message is one sentence for the person who wrote the configuration: the place, the values, the mend.</remarks>
public sealed class ConfigException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConfigException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
