using System.Diagnostics;

namespace Heed.Benchmarks;

/// <summary>Takes the time of short pieces of work.</summary>
internal static class Timing
{
    /// <summary>
    /// Whether to count the processor time of this process instead of the time that passes: on a machine that other programs use
    /// too, the only way to compare kernels. Means something for one thread only.
    /// </summary>
    public static bool CountProcessorTime { get; set; }

    /// <summary>Seconds since some moment.</summary>
    public static double Now => CountProcessorTime ? Environment.CpuUsage.TotalTime.TotalSeconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>The seconds that one run takes: the least of several measurements, each long enough for the clock; the mean when processor time counts.</summary>
    /// <param name="run">What to measure.</param>
    /// <param name="seconds">How long to measure in all.</param>
    public static double Best(Action run, double seconds = 0.25)
    {
        run();
        if (CountProcessorTime)
        {
            return Mean(run, seconds); // the system counts it in ticks, too coarse to tell one run from another
        }

        int repetitions = 1;
        double once = Once(run, repetitions);
        while (once < 0.005)
        {
            repetitions *= 2;
            once = Once(run, repetitions);
        }

        double best = once / repetitions;
        for (double end = Now + seconds; Now < end;)
        {
            best = Math.Min(best, Once(run, repetitions) / repetitions);
        }

        return best;
    }

    /// <summary>The seconds of every run, sorted, until some time has passed.</summary>
    /// <param name="run">What to measure.</param>
    /// <param name="seconds">How long to measure; at least three runs are.</param>
    public static double[] All(Action run, double seconds)
    {
        var times = new List<double>();
        for (double end = Now + seconds; times.Count < 3 || Now < end;)
        {
            times.Add(Once(run, 1));
        }

        times.Sort();
        return [.. times];
    }

    private static double Mean(Action run, double seconds)
    {
        int count = 0;
        double start = Now;
        double now = start;
        for (; now < start + seconds; now = Now)
        {
            run();
            count++;
        }

        return (now - start) / count;
    }

    private static double Once(Action run, int repetitions)
    {
        double start = Now;
        for (int i = 0; i < repetitions; i++)
        {
            run();
        }

        return Now - start;
    }
}
