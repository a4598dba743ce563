using System.Diagnostics;
using System.Globalization;

namespace Heed.Cli.Terminal;

/// <summary>
/// A progress line on standard error with rate and time left: redrawn in place on a terminal, and a plain line every ten percent
/// when redirected.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly string title;
    private readonly long total;
    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly long started = Stopwatch.GetTimestamp();
    private long lastDrawn;
    private int lastTenth;

    public ProgressLine(string title, long total)
    {
        this.title = title;
        this.total = total;
    }

    /// <summary>Shows how far the work is.</summary>
    /// <param name="done">Items done.</param>
    /// <param name="note">More to say, or null.</param>
    public void Report(long done, string? note = null)
    {
        if (terminal)
        {
            if (Stopwatch.GetElapsedTime(lastDrawn) >= Redraw || done == total)
            {
                lastDrawn = Stopwatch.GetTimestamp();
                Draw("\r" + Fit(Bar(done) + Text(done, note)) + "\u001b[K");
            }
        }
        else if (total > 0 && done * 10 / total > lastTenth)
        {
            lastTenth = (int)(done * 10 / total);
            Draw(Text(done, note) + Environment.NewLine);
        }
    }

    public void Dispose()
    {
        if (terminal)
        {
            Draw("\r\u001b[K");
        }
    }

    private static void Draw(string text) => Console.Error.Write(text);

    private static string Fit(string line)
    {
        int width = Math.Max(20, Console.WindowWidth - 1);
        return line.Length <= width ? line : line[..width];
    }

    private string Bar(long done)
    {
        int filled = total == 0 ? 0 : (int)(24 * Math.Min(done, total) / total);
        return $"{new string('█', filled)}{new string('░', 24 - filled)} ";
    }

    private string Text(long done, string? note)
    {
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double rate = done / Math.Max(seconds, 1e-3);
        string left = done > 0 && done < total ? $", {Duration((total - done) / Math.Max(rate, 1e-9))} left" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{title} {done}/{total}, {rate:0.#}/s{left}{(note is null ? string.Empty : ", " + note)}");
    }

    /// <summary>A time span as people say it: 45 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {seconds % 60:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):0} h {Math.Floor(seconds % 3600 / 60):0} min"),
    };
}
