using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Tensors.Memory;

namespace Heed.Benchmarks;

/// <summary>What the second half of a run does to memory: bytes that its steps allocate on the managed heap, and whether the process grows.</summary>
/// <param name="steps">The steps of the run.</param>
internal sealed class StepMemory(int steps)
{
    private long allocated;
    private long before;
    private long workingSet;
    private long pool;

    /// <summary>Notes where memory stands when a step begins, its data made.</summary>
    /// <param name="step">Which of the measured steps, from 0; before that, nothing is noted.</param>
    public void Begin(int step)
    {
        if (step == steps / 2)
        {
            (allocated, workingSet, pool) = (0, WorkingSet(), Pool());
        }

        before = GC.GetTotalAllocatedBytes(precise: true);
    }

    /// <summary>Counts what the step has allocated.</summary>
    public void End() => allocated += GC.GetTotalAllocatedBytes(precise: true) - before;

    /// <summary>Adds the peak of the process, its growth and that of the pool in the second half, and the managed allocation of a step there.</summary>
    public JsonObject AddTo(JsonObject line)
    {
        line["peak_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        line["growth_mb"] = Megabytes(WorkingSet() - workingSet);
        line["pool_growth_mb"] = Megabytes(Pool() - pool);
        line["allocated_kb_per_step"] = Math.Round(allocated / 1024.0 / Math.Max(1, steps - (steps / 2)), 1);
        return line;
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / 1048576.0, 1);

    private static long Pool() => BufferPool.BytesCached + BufferPool.BytesInUse;

    private static long WorkingSet() => Process.GetCurrentProcess().WorkingSet64;
}
