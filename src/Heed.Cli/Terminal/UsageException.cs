namespace Heed.Cli.Terminal;

/// <summary>The command line asks for something that does not make sense; the message says what to write instead.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
