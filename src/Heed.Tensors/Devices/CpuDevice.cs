using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Devices;

/// <summary>The processor: vector kernels of the widest instruction set it has, shared out over a team of threads.</summary>
/// <remarks>
/// Every result is the same for any number of threads, because kernels split their outputs and never a sum.
/// Results differ in the last bits between instruction sets, whose vectors add in different orders.
/// </remarks>
public abstract class CpuDevice : Device
{
    private protected CpuDevice(WorkerTeam team) => Team = team;

    /// <summary>The threads that share out the kernels' loops.</summary>
    public WorkerTeam Team { get; }

    /// <summary>The floats in one vector: 16, 8, 4 or 1.</summary>
    public abstract int VectorWidth { get; }

    /// <inheritdoc/>
    public override int Parallelism => Team.Threads;

    /// <inheritdoc/>
    public override void ForEach(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Team.For(count, 1, new Works(work));
    }

    private readonly struct Works(Action<int> work) : IParallelBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                work(i);
            }
        }
    }

    /// <summary>Makes a device for this processor.</summary>
    /// <param name="threads">How many threads share the work; one for each physical core when omitted.</param>
    public static CpuDevice Create(int? threads = null)
    {
        var team = new WorkerTeam(threads ?? ProcessorTopology.PhysicalCores);
        return Vector512.IsHardwareAccelerated ? new CpuDevice<Simd512>(team)
            : Vector256.IsHardwareAccelerated ? new CpuDevice<Simd256>(team)
            : Vector128.IsHardwareAccelerated ? new CpuDevice<Simd128>(team)
            : new CpuDevice<SimdScalar>(team);
    }
}

/// <summary>The CPU kernels for one vector width.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal sealed unsafe partial class CpuDevice<TVector>(WorkerTeam team) : CpuDevice(team)
    where TVector : unmanaged, ISimd<TVector>
{
    // Below this many elements per thread, waking another thread costs more than it saves.
    private const int SmallestChunk = 8192;

    public override int VectorWidth => TVector.Width;

    public override string Description => $"CPU, {TVector.Width * 32}-bit vectors, {Team.Threads} thread{(Team.Threads == 1 ? string.Empty : "s")}";

    /// <summary>Runs a loop over rows, in chunks that are worth a thread's while.</summary>
    private void ForRows<TBody>(int rows, long columns, TBody body)
        where TBody : struct, IParallelBody
    {
        int smallest = (int)Math.Max(1, SmallestChunk / Math.Max(1, columns));
        int even = (rows + (4 * Team.Threads) - 1) / (4 * Team.Threads);
        Team.For(rows, Math.Max(smallest, even), body);
    }

    // A kernel holds bare pointers: without this, a tensor that the caller no longer needs could be collected, and its
    // memory handed to another, while the kernel still runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(params ReadOnlySpan<Tensor?> tensors)
    {
    }
}
