using System.Runtime.CompilerServices;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Tests.Threading;

/// <summary>Every item of a loop is done exactly once, whatever else goes on.</summary>
public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    public void Does_every_item_once(int threads)
    {
        var team = new WorkerTeam(threads);
        foreach (int count in new[] { 0, 1, 2, 3, 7, 64, 1000 })
        {
            foreach (int chunk in new[] { -5, 1, 2, 3, 64, 999, 1000, int.MaxValue })
            {
                var visits = new int[count];
                team.For(count, chunk, new Count(visits));
                Assert.All(visits, visit => Assert.Equal(1, visit));
            }
        }
    }

    [Fact]
    public void Many_tiny_loops_in_a_row()
    {
        var team = new WorkerTeam(3);
        var visits = new int[6];
        for (int loop = 1; loop <= 20_000; loop++)
        {
            team.For(visits.Length, 1, new Count(visits));
            Assert.Equal(loop, visits.Min());
            Assert.Equal(loop, visits.Max());
        }
    }

    [Fact]
    public void Loops_after_the_workers_have_parked()
    {
        var team = new WorkerTeam(3);
        for (int loop = 0; loop < 40; loop++)
        {
            Thread.Sleep(2);
            var visits = new int[50];
            team.For(visits.Length, 1, new Count(visits));
            Assert.All(visits, visit => Assert.Equal(1, visit));
        }
    }

    [Fact]
    public void A_loop_in_a_loop()
    {
        var team = new WorkerTeam(3);
        var visits = new int[20 * 30];
        team.For(20, 1, new Nested(team, visits));
        Assert.All(visits, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public void Loops_from_several_threads_at_once()
    {
        var team = new WorkerTeam(3);
        var starters = new Thread[5];
        var visits = new int[starters.Length][];
        for (int i = 0; i < starters.Length; i++)
        {
            int[] own = visits[i] = new int[97];
            starters[i] = new Thread(() =>
            {
                for (int loop = 0; loop < 1000; loop++)
                {
                    team.For(own.Length, 3, new Count(own));
                }
            });
        }

        Array.ForEach(starters, starter => starter.Start());
        Array.ForEach(starters, starter => starter.Join());
        Assert.All(visits, own => Assert.All(own, visit => Assert.Equal(1000, visit)));
    }

    [Fact]
    public void An_exception_reaches_the_thread_that_started_the_loop_and_the_team_works_on()
    {
        var team = new WorkerTeam(3);
        for (int item = 0; item < 60; item++)
        {
            var exception = Assert.Throws<FormatException>(() => team.For(60, 1, new Throw(item)));
            Assert.Equal($"item {item}", exception.Message);
            var visits = new int[100];
            team.For(visits.Length, 1, new Count(visits));
            Assert.All(visits, visit => Assert.Equal(1, visit));
        }
    }

    [Fact]
    public void Workers_take_part_again_after_an_exception()
    {
        var team = new WorkerTeam(2);
        Assert.Throws<FormatException>(() => team.For(60, 1, new Throw(3)));
        using var meeting = new Barrier(2);
        team.For(2, 1, new Meet(meeting)); // ends only if two threads work on it
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    [Fact]
    public void A_team_of_one_does_everything_on_the_calling_thread()
    {
        var team = new WorkerTeam(1); // WebAssembly: there is no other thread, and nobody to wait for
        var threads = new int[100];
        team.For(threads.Length, 1, new NoteThread(threads));
        Assert.All(threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
        team.For(10, 1, new Nested(team, new int[10 * 30]));
        Assert.Equal(0, team.Parked);
    }

    [Fact]
    public void The_same_threads_do_every_loop()
    {
        var team = new WorkerTeam(3);
        var seen = new HashSet<int>();
        for (int loop = 0; loop < 200; loop++)
        {
            var threads = new int[30];
            team.For(threads.Length, 1, new NoteThread(threads));
            seen.UnionWith(threads);
        }

        Assert.InRange(seen.Count, 1, 3);
    }

    [Fact]
    public void Idle_workers_park_and_come_back()
    {
        var team = new WorkerTeam(3);
        for (int round = 0; round < 3; round++)
        {
            Assert.True(SpinWait.SpinUntil(() => team.Parked == 2, TimeSpan.FromMinutes(1)), $"{team.Parked} of 2 workers parked");
            using var meeting = new Barrier(3);
            team.For(3, 1, new Meet(meeting)); // ends only if all three threads work on it
            Assert.Equal(1, meeting.CurrentPhaseNumber);
        }
    }

    [Fact]
    public void Workers_spin_only_where_each_can_have_a_processor()
    {
        Assert.False(new WorkerTeam(Environment.ProcessorCount + 1).Spins);
        Assert.False(new WorkerTeam(8 * Environment.ProcessorCount).Spins);
        Assert.True(new WorkerTeam(Environment.ProcessorCount).Spins);
    }

    [Fact]
    public void Far_more_threads_than_processors_finish_small_loops()
    {
        var team = new WorkerTeam(16 * Environment.ProcessorCount);
        var visits = new int[64];
        for (int loop = 1; loop <= 300; loop++)
        {
            team.For(visits.Length, 1, new Count(visits));
        }

        Assert.All(visits, visit => Assert.Equal(300, visit));
    }

    [Fact]
    public void A_loop_does_not_wait_for_workers_that_are_held_up_elsewhere()
    {
        var team = new WorkerTeam(2);
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var holder = new Thread(() => team.For(2, 1, new Hold(entered, release)));
        holder.Start();
        entered.Wait(TestContext.Current.CancellationToken);
        entered.Wait(TestContext.Current.CancellationToken);
        var visits = new int[50];
        team.For(visits.Length, 1, new Count(visits)); // this thread does it all
        Assert.All(visits, visit => Assert.Equal(1, visit));
        release.Set();
        holder.Join();
    }

    [Fact]
    public void Two_teams_work_at_once_and_within_each_other()
    {
        WorkerTeam[] teams = [new WorkerTeam(3), new WorkerTeam(3)];
        int[][] visits = [new int[20 * 30], new int[20 * 30]];
        Thread[] starters = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            for (int loop = 0; loop < 50; loop++)
            {
                teams[i].For(20, 1, new Nested(teams[1 - i], visits[i]));
            }
        }))];
        Array.ForEach(starters, starter => starter.Start());
        Array.ForEach(starters, starter => starter.Join());
        Assert.All(visits, own => Assert.All(own, visit => Assert.Equal(50, visit)));
    }

    [Fact]
    public void Counts_near_the_largest_integer_are_done_to_the_end()
    {
        var team = new WorkerTeam(2);
        long[] total = [0];
        const int count = int.MaxValue;
        team.For(count, 1 << 28, new AddLengths(total));
        Assert.Equal(count, total[0]);
        team.For(count, count - 1, new AddLengths(total));
        Assert.Equal(2L * count, total[0]);
    }

    [Fact]
    public void Refuses_a_team_of_nobody() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));

    [Fact]
    public void Threads_end_when_nobody_refers_to_the_team()
    {
        WeakReference<Thread> worker = WorkerOfAnAbandonedTeam();
        for (int attempt = 0; attempt < 500 && worker.TryGetTarget(out Thread? thread) && thread.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.False(worker.TryGetTarget(out Thread? left) && left.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Thread> WorkerOfAnAbandonedTeam()
    {
        var team = new WorkerTeam(2);
        using var meeting = new Barrier(2);
        var threads = new Thread[2];
        team.For(2, 1, new Meet(meeting, threads));
        return new WeakReference<Thread>(threads.Single(thread => thread != Thread.CurrentThread));
    }

    private readonly struct Count(int[] visits) : IParallelBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                Interlocked.Increment(ref visits[i]);
            }
        }
    }

    private readonly struct Nested(WorkerTeam team, int[] visits) : IParallelBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                team.For(30, 1, new Inner(visits, i * 30));
            }
        }
    }

    private readonly struct Inner(int[] visits, int offset) : IParallelBody
    {
        public void Run(int start, int end) => new Count(visits).Run(offset + start, offset + end);
    }

    private readonly struct Throw(int item) : IParallelBody
    {
        public void Run(int start, int end)
        {
            if (start <= item && item < end)
            {
                throw new FormatException($"item {item}");
            }
        }
    }

    private readonly struct Meet(Barrier meeting, Thread[]? threads = null) : IParallelBody
    {
        public void Run(int start, int end)
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(60));
            if (threads is not null)
            {
                threads[start] = Thread.CurrentThread;
            }
        }
    }

    private readonly struct NoteThread(int[] threads) : IParallelBody
    {
        public void Run(int start, int end) => threads.AsSpan(start, end - start).Fill(Environment.CurrentManagedThreadId);
    }

    private readonly struct Hold(SemaphoreSlim entered, ManualResetEventSlim release) : IParallelBody
    {
        public void Run(int start, int end)
        {
            entered.Release();
            release.Wait();
        }
    }

    private readonly struct AddLengths(long[] total) : IParallelBody
    {
        public void Run(int start, int end) => Interlocked.Add(ref total[0], end - (long)start);
    }
}
