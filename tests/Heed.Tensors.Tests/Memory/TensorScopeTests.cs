using Heed.Tensors.Memory;

namespace Heed.Tensors.Tests.Memory;

using Ops = Heed.Tensors.Ops;

/// <summary>Which tensors live how long.</summary>
public sealed class TensorScopeTests
{
    [Fact]
    public void Tensors_end_with_their_scope_and_views_with_them()
    {
        Tensor tensor;
        Tensor view;
        using (TensorScope.Begin())
        {
            tensor = Tensor.Full(new Shape(2, 3), 1f);
            view = Ops.Reshape(tensor, new Shape(6));
            Assert.Equal(1f, view.Values[5]);
        }

        Assert.Throws<ObjectDisposedException>(() => tensor.Values[0]);
        Assert.Throws<ObjectDisposedException>(() => view.MutableValues()[0] = 2);
        Assert.Throws<ObjectDisposedException>(() => view.ToArray());
    }

    [Fact]
    public void A_tensor_stays_unreadable_when_its_memory_serves_another()
    {
        Tensor ended;
        using (TensorScope.Begin())
        {
            ended = Tensor.Full(new Shape(54_321), 1f);
        }

        using TensorScope scope = TensorScope.Begin();
        Tensor successor = Tensor.Full(new Shape(54_321), 2f);
        Assert.Throws<ObjectDisposedException>(() => ended.Values[0]);
        Assert.Throws<ObjectDisposedException>(() => ended.MutableValues()[0] = 3);
        Assert.Throws<ObjectDisposedException>(ended.Keep);
        Assert.Throws<ObjectDisposedException>(() => Ops.Reshape(ended, new Shape(3, 18_107)).ToArray());
        ended.Release();
        Tensor.Full(new Shape(54_321), 4f);
        Assert.Equal(54_321, successor.Values.Count(2f));
    }

    [Fact]
    public void Memory_released_and_taken_again_in_one_scope_goes_back_once()
    {
        using (TensorScope.Begin())
        {
            Tensor.Full(new Shape(66_666), 1f).Release();
            Tensor.Full(new Shape(66_666), 2f);
        }

        Tensor first = Tensor.Full(new Shape(66_666), 3f);
        Tensor second = Tensor.Full(new Shape(66_666), 4f);
        Assert.Equal(66_666, first.Values.Count(3f));
        Assert.Equal(66_666, second.Values.Count(4f));
    }

    [Fact]
    public void Keeping_a_view_keeps_the_memory()
    {
        Tensor view;
        using (TensorScope.Begin())
        {
            view = Ops.Reshape(Tensor.Full(new Shape(2, 3), 1f), new Shape(6)).Keep();
        }

        Assert.Equal([1f, 1f, 1f, 1f, 1f, 1f], view.ToArray());
    }

    [Fact]
    public void An_inner_scope_ends_alone()
    {
        using TensorScope outer = TensorScope.Begin();
        Tensor before = Tensor.Full(new Shape(1), 1f);
        Tensor inside;
        using (TensorScope.Begin())
        {
            inside = Tensor.Full(new Shape(1), 2f);
        }

        Tensor after = Tensor.Full(new Shape(1), 3f);
        Assert.Equal(4f, before.Item() + after.Item());
        Assert.Throws<ObjectDisposedException>(() => inside.Item());
    }

    [Fact]
    public void Scopes_end_in_the_reverse_order_and_on_their_own_thread()
    {
        TensorScope outer = TensorScope.Begin();
        TensorScope inner = TensorScope.Begin();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(inner.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(thrown);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void A_released_tensor_cannot_be_read_and_is_given_back_once()
    {
        Tensor tensor = Tensor.Full(new Shape(100), 1f);
        tensor.Release();
        tensor.Release();
        Assert.Throws<ObjectDisposedException>(() => tensor.Values[0]);
    }

    [Fact]
    public void Released_inside_a_scope_the_memory_is_not_given_back_twice()
    {
        Tensor first;
        Tensor second;
        using (TensorScope.Begin())
        {
            Tensor released = Tensor.Full(new Shape(77_777), 1f);
            released.Release();
        }

        first = Tensor.Full(new Shape(77_777), 1f);
        second = Tensor.Full(new Shape(77_777), 2f);
        Assert.Equal(1f, first.Values[77_776]);
        Assert.Equal(2f, second.Values[0]);
    }

    [Fact]
    public void Scopes_of_several_threads_never_share_memory()
    {
        var threads = new Thread[4];
        var mistakes = new int[threads.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int own = i;
            threads[i] = new Thread(() => mistakes[own] = Overwritten(own, new System.Random(own)));
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(mistakes, count => Assert.Equal(0, count));
    }

    [Fact]
    public void A_span_keeps_memory_that_nobody_else_refers_to()
    {
        for (int round = 0; round < 20; round++)
        {
            ReadOnlySpan<float> values = Tensor.Full(new Shape(200_000), round).Values;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Tensor other = Tensor.Full(new Shape(200_000), -1f);
            Assert.Equal(200_000, values.Count(round));
            GC.KeepAlive(other);
        }
    }

    // Fills tensors with a number of its own, and counts those that hold another one later.
    private static int Overwritten(int number, System.Random random)
    {
        int mistakes = 0;
        for (int round = 0; round < 300; round++)
        {
            using TensorScope scope = TensorScope.Begin();
            Tensor[] tensors = [.. Enumerable.Range(0, 10).Select(_ => Tensor.Full(new Shape(random.Next(1, 3000)), number))];
            tensors[3].Release();
            tensors[4].Keep();
            mistakes += tensors.Where((_, i) => i != 3).Count(tensor => tensor.Values.ContainsAnyExcept(number));
        }

        return mistakes;
    }
}
