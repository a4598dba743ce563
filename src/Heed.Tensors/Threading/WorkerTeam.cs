namespace Heed.Tensors.Threading;

/// <summary>
/// Threads that share out loops. The thread that starts a loop works along; the others join if they are free, so that a loop
/// never waits for a thread that the operating system has not scheduled.
/// </summary>
/// <remarks>
/// Items are claimed in chunks from a shared counter. Which thread does a chunk has no influence on its result, because
/// kernels split their outputs and never a sum. A loop started while another one runs (a nested loop, or a second model
/// on another thread) is done by the thread that started it. Idle workers spin for about a tenth of a millisecond, since
/// the next kernel of a model follows at once, and then park. The threads end when nobody refers to the team any more.
/// </remarks>
public sealed class WorkerTeam
{
    private readonly Crew crew;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">How many threads work on a loop, the calling one included; 1 means no others.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        crew = new Crew(threads - 1);
    }

    /// <summary>Sends the threads home, which refer to the crew but not to the team.</summary>
    ~WorkerTeam() => crew?.Dismiss(); // null where the constructor threw

    /// <summary>How many threads work on a loop, the calling one included.</summary>
    public int Threads => crew.Workers + 1;

    /// <summary>Whether idle workers spin for a while before they park: only where every one of them can have a processor.</summary>
    internal bool Spins => crew.Spins;

    /// <summary>How many workers sleep until the next loop.</summary>
    internal int Parked => crew.Parked;

    /// <summary>Runs a loop over 0 .. count-1 and returns when all of it is done. What a body throws is thrown here, on any thread.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="chunk">How many items a thread claims at a time; <paramref name="count"/> or more makes the loop serial.</param>
    /// <param name="body">What to do for a range of items.</param>
    internal void For<TBody>(int count, int chunk, TBody body)
        where TBody : struct, IParallelBody
    {
        if (count <= 0)
        {
            return;
        }

        chunk = Math.Max(1, chunk);
        if (crew.Workers == 0 || count <= chunk || !crew.TryRun(count, chunk, ref body))
        {
            body.Run(0, count);
        }
    }
}
