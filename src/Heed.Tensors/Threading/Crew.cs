using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Heed.Tensors.Threading;

/// <summary>The threads of a <see cref="WorkerTeam"/> and the one loop that they work on.</summary>
internal sealed unsafe class Crew
{
    private const int SpinRounds = 300;
    private const int Closed = 1;
    private const int OneParticipant = 2;

    private readonly object gate = new();
    private readonly int spinRounds;
    private volatile bool dismissed;
    private int busy;
    private int parked;
    private volatile int generation;
    private volatile int participants = Closed;
    private Exception? failure;
    private delegate*<void*, int, int, void> work;
    private void* body;
    private int count;
    private int chunk;
    private long next;

    public Crew(int workers)
    {
        Workers = workers;
        spinRounds = workers < Environment.ProcessorCount ? SpinRounds : 0;
        for (int i = 1; i <= workers; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = $"heed-worker-{i}" }.Start();
        }
    }

    public int Workers { get; }

    public bool Spins => spinRounds > 0;

    public int Parked => Volatile.Read(ref parked);

    /// <summary>Lets every thread end once it is idle.</summary>
    public void Dismiss()
    {
        dismissed = true;
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Runs a loop together with whichever workers are free; false, and nothing done, while another loop runs.</summary>
    public bool TryRun<TBody>(int count, int chunk, ref TBody body)
        where TBody : struct, IParallelBody
    {
        if (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return false;
        }

        this.body = Unsafe.AsPointer(ref body); // on the caller's stack, which stays until all participants have left
        work = &Invoke<TBody>;
        this.count = count;
        this.chunk = chunk;
        next = 0;
        Open((int)(((long)count + chunk - 1) / chunk) - 1);
        ClaimChunks();
        Close();
        Exception? thrown = failure;
        failure = null;
        Volatile.Write(ref busy, 0);
        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return true;
    }

    private static void Invoke<TBody>(void* body, int start, int end)
        where TBody : struct, IParallelBody => Unsafe.AsRef<TBody>(body).Run(start, end);

    private void Open(int helpersWanted)
    {
        participants = 0;
        Interlocked.Increment(ref generation);
        int toWake = Math.Min(Volatile.Read(ref parked), helpersWanted);
        if (toWake > 0)
        {
            lock (gate)
            {
                for (int i = 0; i < toWake; i++)
                {
                    Monitor.Pulse(gate);
                }
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
    }

    private void ClaimChunks()
    {
        try
        {
            while (true)
            {
                long start = Interlocked.Add(ref next, chunk) - chunk;
                if (start >= count)
                {
                    return;
                }

                work(body, (int)start, (int)Math.Min(start + chunk, count));
            }
        }
#pragma warning disable CA1031 // Rethrown on the thread that started the loop, once nobody works on it any more.
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            Interlocked.Exchange(ref next, count);
        }
#pragma warning restore CA1031
    }

    private void Serve()
    {
        int seen = 0;
        while (WaitForLoop(ref seen))
        {
            if (Join())
            {
                ClaimChunks();
                Interlocked.Add(ref participants, -OneParticipant);
            }
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

    private bool WaitForLoop(ref int seen)
    {
        for (int round = 0; round < spinRounds && generation == seen; round++)
        {
            Thread.SpinWait(8);
        }

        if (generation == seen)
        {
            Park(seen);
        }

        seen = generation;
        return !dismissed;
    }

    private void Park(int seen)
    {
        lock (gate)
        {
            Interlocked.Increment(ref parked);
            while (generation == seen && !dismissed)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref parked);
        }
    }
}
