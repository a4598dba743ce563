using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Heed.Benchmarks;

/// <summary>What a long run does to memory: bytes allocated on the managed heap for each step, and whether the process grows.</summary>
/// <param name="warmupSteps">The steps after which the pool is expected to have a block for everything.</param>
internal sealed class StepMemory(int warmupSteps)
{
    private long allocated;
    private long workingSet;
    private int firstStep;
    private int lastStep;

    /// <summary>Notes where memory stands before a step, counted from the first one that is measured.</summary>
    public void Note(int step)
    {
        lastStep = step;
        if (step == warmupSteps)
        {
            (firstStep, allocated, workingSet) = (step, GC.GetTotalAllocatedBytes(precise: true), WorkingSet());
        }
    }

    /// <summary>Adds the peak of the process, its growth since the warm-up and the managed allocation of a step.</summary>
    public JsonObject AddTo(JsonObject line)
    {
        line["peak_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        line["growth_mb"] = (WorkingSet() - workingSet) / 1048576;
        line["allocated_kb_per_step"] = Math.Round((GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / Math.Max(1, lastStep - firstStep), 1);
        line["memory_from_step"] = firstStep;
        return line;
    }

    private static long WorkingSet() => Process.GetCurrentProcess().WorkingSet64;
}
