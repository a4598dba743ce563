using System.Diagnostics;

namespace Heed.Cli.Terminal;

/// <summary>
/// Progress on standard error with rate and time left: a bar redrawn in place on a terminal, and plain lines, at most one every
/// ten percent and every few seconds, when redirected.
/// </summary>
/// <param name="title">What is going on.</param>
/// <param name="total">Items to do; may be corrected on the way.</param>
/// <param name="first">Items that were done before, and count for nothing in the rate.</param>
internal sealed class ProgressLine(string title, long total, long first = 0) : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly long started = Stopwatch.GetTimestamp();
    private long lastDrawn = Stopwatch.GetTimestamp();
    private long lastTenth;

    /// <summary>Items to do.</summary>
    public long Total { get; set; } = total;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="done">Items done.</param>
    /// <param name="note">More to say, or null.</param>
    public void Report(long done, string? note = null)
    {
        if (Stopwatch.GetElapsedTime(lastDrawn) < (terminal ? Redraw : PlainEvery))
        {
            return;
        }

        long tenth = 10 * done / Math.Max(1, Total);
        if (terminal)
        {
            double share = (double)done / Math.Max(1, Total);
            Console.Error.Write($"\r{ProgressText.Line(Parts(done, note), share, Math.Max(20, Console.WindowWidth - 1))}\u001b[K");
        }
        else if (tenth > lastTenth)
        {
            lastTenth = tenth;
            Console.Error.WriteLine(string.Join(", ", Parts(done, note)));
        }
        else
        {
            return;
        }

        lastDrawn = Stopwatch.GetTimestamp();
    }

    /// <summary>Takes the bar off the terminal; a later report draws it again.</summary>
    public void Clear()
    {
        if (terminal)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }

    public void Dispose() => Clear();

    private List<string> Parts(long done, string? note)
    {
        double rate = (done - first) / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-3);
        var parts = new List<string> { $"{title} {done}/{Total}" };
        if (rate > 0 && done < Total)
        {
            parts.Add($"{ProgressText.Duration((Total - done) / rate)} left");
        }

        parts.Add(ProgressText.Rate(rate));
        if (note is not null)
        {
            parts.Add(note);
        }

        return parts;
    }
}
