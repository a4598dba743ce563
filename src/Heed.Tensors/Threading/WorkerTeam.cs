using System.Runtime.CompilerServices;

namespace Heed.Tensors.Threading;

/// <summary>
/// Threads that live as long as the program and share out loops. The thread that starts a loop works along; the others
/// join if they are free, so that a loop never waits for a thread that the operating system has not scheduled.
/// </summary>
/// <remarks>
/// Items are claimed in chunks from a shared counter. Which thread does a chunk has no influence on its result, because
/// kernels split their outputs and never a sum. A loop started while another one runs (a nested loop, or a second model
/// on another thread) is done by the thread that started it. Idle workers spin for a few microseconds, since the next
/// kernel of a model follows at once, and then park.
/// </remarks>
public sealed unsafe class WorkerTeam
{
    private const int SpinRounds = 2000;
    private const int Closed = 1;
    private const int OneParticipant = 2;

    private readonly object gate = new();
    private readonly int spinRounds;
    private int busy;
    private int parked;
    private volatile int generation;
    private volatile int participants = Closed;
    private volatile Exception? failure;
    private delegate*<void*, int, int, void> work;
    private void* body;
    private int count;
    private int chunk;
    private int next;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">How many threads work on a loop, the calling one included; 1 means no others.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        spinRounds = threads <= Environment.ProcessorCount ? SpinRounds : 0;
        for (int i = 1; i < threads; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = $"heed-worker-{i}" }.Start();
        }
    }

    /// <summary>How many threads work on a loop, the calling one included.</summary>
    public int Threads { get; }

    /// <summary>Runs a loop over 0 .. count-1 and returns when all of it is done.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="chunk">How many items a thread claims at a time; more than half of <paramref name="count"/> makes the loop serial.</param>
    /// <param name="body">What to do for a range of items.</param>
    internal void For<TBody>(int count, int chunk, TBody body)
        where TBody : struct, IParallelBody
    {
        if (count <= 0)
        {
            return;
        }

        chunk = Math.Max(1, chunk);
        if (Threads == 1 || count <= chunk || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            body.Run(0, count);
            return;
        }

        this.body = Unsafe.AsPointer(ref body);
        work = &Invoke<TBody>;
        this.count = count;
        this.chunk = chunk;
        next = 0;
        Open();
        try
        {
            ClaimChunks();
        }
        finally
        {
            Close();
            Volatile.Write(ref busy, 0);
        }
    }

    private static void Invoke<TBody>(void* body, int start, int end)
        where TBody : struct, IParallelBody => Unsafe.AsRef<TBody>(body).Run(start, end);

    private void Open()
    {
        failure = null;
        participants = 0;
        Interlocked.Increment(ref generation);
        if (Volatile.Read(ref parked) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    // Bars further workers from joining and waits for those that did: only they can still hold a chunk.
    private void Close()
    {
        Interlocked.Or(ref participants, Closed);
        var spinner = default(SpinWait);
        while (participants != Closed)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        if (failure is { } exception)
        {
            throw new InvalidOperationException("a worker thread failed", exception);
        }
    }

    private void ClaimChunks()
    {
        while (true)
        {
            int start = Interlocked.Add(ref next, chunk) - chunk;
            if (start >= count || start < 0)
            {
                return;
            }

            work(body, start, Math.Min(start + chunk, count));
        }
    }

    private void Serve()
    {
        int seen = 0;
        while (true)
        {
            seen = WaitForLoop(seen);
            if (!Join())
            {
                continue;
            }

            try
            {
                ClaimChunks();
            }
#pragma warning disable CA1031 // Whatever a kernel threw is rethrown on the thread that started the loop.
            catch (Exception exception)
            {
                failure = exception;
            }
#pragma warning restore CA1031

            Interlocked.Add(ref participants, -OneParticipant);
        }
    }

    private bool Join()
    {
        while (true)
        {
            int now = participants;
            if ((now & Closed) != 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref participants, now + OneParticipant, now) == now)
            {
                return true;
            }
        }
    }

    private int WaitForLoop(int seen)
    {
        for (int round = 0; round < spinRounds; round++)
        {
            if (generation != seen)
            {
                return generation;
            }

            Thread.SpinWait(8);
        }

        lock (gate)
        {
            Interlocked.Increment(ref parked);
            while (generation == seen)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref parked);
            return generation;
        }
    }
}
