using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Heed.Cli.Terminal;

/// <summary>
/// Standard output that notices when its reader has left, as <c>head</c> does: .NET's own stream then drops what is written,
/// and the work would go on for nobody.
/// </summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32; // EPIPE
    private const int Descriptor = 1;

    /// <summary>Replaces <see cref="Console.Out"/> where standard output is a pipe. On Windows the console's own stream stays.</summary>
    public static void Install()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected && Open() is { } pipe)
        {
            Console.SetOut(TextWriter.Synchronized(new StreamWriter(pipe, new UTF8Encoding(false), bufferSize: 4096) { AutoFlush = true }));
        }
    }

    /// <summary>Whether an error says that the reader of a pipe has gone.</summary>
    public static bool IsClosed(Exception exception) =>
        exception is IOException { HResult: BrokenPipe };

    // A file keeps the console's stream: a FileStream would not move the position that it shares with other processes.
    private static FileStream? Open()
    {
        try
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : stream;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
