using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Tensors.Memory;

namespace Heed.Benchmarks;

/// <summary>What the second half of a run does to memory: bytes that its steps allocate on the managed heap, and whether the process grows.</summary>
/// <param name="steps">The steps of the run.</param>
internal sealed class StepMemory(int steps)
{
    private const int StepsPerLine = 100;

    private readonly List<long> allocated = [];
    private long before;
    private long workingSet;
    private long pool;
    private int current;

    /// <summary>Notes where memory stands when a step begins, its data made.</summary>
    /// <param name="step">Which of the measured steps, from 0; before that, nothing is noted.</param>
    public void Begin(int step)
    {
        current = step;
        if (step == steps / 2)
        {
            (workingSet, pool) = (WorkingSet(), Pool());
        }

        before = GC.GetTotalAllocatedBytes(precise: true);
    }

    /// <summary>Counts what the step has allocated. Long runs report on stderr where memory stands, every hundred steps.</summary>
    public void End()
    {
        if (current >= steps / 2)
        {
            allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        if (current >= 0 && (current + 1) % StepsPerLine == 0)
        {
            Console.Error.WriteLine($"step {current + 1}: {Megabytes(WorkingSet())} MB resident, {Megabytes(Pool())} MB of them in the pool");
        }
    }

    /// <summary>
    /// Adds the peak of the process, its growth and that of the pool in the second half, and the managed allocation of a step there: the
    /// median, and the mean, which counts new blocks of the pool too.
    /// </summary>
    public JsonObject AddTo(JsonObject line)
    {
        line["peak_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        line["growth_mb"] = Megabytes(WorkingSet() - workingSet);
        line["pool_growth_mb"] = Megabytes(Pool() - pool);
        line["allocated_kb_per_step"] = Kilobytes(allocated.Order().ElementAt(allocated.Count / 2));
        line["allocated_kb_mean"] = Kilobytes(allocated.Average());
        return line;
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / 1048576.0, 1);

    private static double Kilobytes(double bytes) => Math.Round(bytes / 1024, 1);

    private static long Pool() => BufferPool.BytesCached + BufferPool.BytesInUse;

    private static long WorkingSet() => Process.GetCurrentProcess().WorkingSet64;
}
