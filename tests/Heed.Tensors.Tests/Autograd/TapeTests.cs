using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Tensors.Tests.Autograd;

using Ops = Heed.Tensors.Ops;

/// <summary>What is recorded, how often it may run backward, and what lives on.</summary>
public sealed class TapeTests
{
    private static Tensor Parameter(params float[] values) => Tensor.From(values).WithGradient();

    [Fact]
    public void Gradients_of_parameters_add_up_over_tapes_until_cleared()
    {
        Tensor w = Parameter(2, 3);
        for (int step = 1; step <= 2; step++)
        {
            using Tape tape = Tape.Begin();
            tape.Backward(Ops.Sum(Ops.Multiply(w, w)));
            Assert.Equal([4f * step, 6f * step], w.Gradient!.ToArray());
        }

        w.ClearGradient();
        Assert.Null(w.Gradient);
        using Tape last = Tape.Begin();
        last.Backward(Ops.Sum(w));
        Assert.Equal([1f, 1f], w.Gradient!.ToArray());
    }

    [Fact]
    public void Nothing_is_recorded_without_a_tape_or_without_a_parameter()
    {
        Tensor w = Parameter(1);
        Assert.False(Ops.Scale(w, 2).RequiresGradient);
        using Tape tape = Tape.Begin();
        Tensor constant = Ops.Scale(Tensor.From(1f), 2);
        Assert.False(constant.RequiresGradient);
        Assert.Throws<InvalidOperationException>(() => tape.Backward(constant));
    }

    [Fact]
    public void The_loss_must_be_one_number()
    {
        Tensor w = Parameter(1, 2);
        using Tape tape = Tape.Begin();
        var exception = Assert.Throws<ShapeException>(() => tape.Backward(Ops.Scale(w, 2)));
        Assert.Contains("[2]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_backward_through_the_same_operations_is_an_error_and_not_a_lost_gradient()
    {
        Tensor w = Parameter(1, 2);
        using Tape tape = Tape.Begin();
        Tensor trunk = Ops.Scale(w, 3);
        Tensor loss = Ops.Sum(trunk);
        tape.Backward(loss);
        Assert.Throws<InvalidOperationException>(() => tape.Backward(loss));
        Assert.Throws<InvalidOperationException>(() => tape.Backward(Ops.Sum(Ops.Multiply(trunk, trunk))));
        Assert.Equal([3f, 3f], w.Gradient!.ToArray());
    }

    [Fact]
    public void Separate_losses_may_run_one_after_the_other_on_one_tape()
    {
        Tensor w = Parameter(1, 2);
        using Tape tape = Tape.Begin();
        tape.Backward(Ops.Sum(w));
        tape.Backward(Ops.Sum(Ops.Multiply(w, w)));
        Assert.Equal([3f, 5f], w.Gradient!.ToArray());
    }

    [Fact]
    public void A_kept_result_of_an_ended_tape_is_a_constant()
    {
        Tensor w = Parameter(1, 2);
        Tensor state;
        using (Tape.Begin())
        {
            state = Ops.Scale(w, 3).Keep();
            Assert.True(state.RequiresGradient);
        }

        Assert.False(state.RequiresGradient);
        using Tape tape = Tape.Begin();
        tape.Backward(Ops.Sum(Ops.Multiply(state, w)));
        Assert.Equal([3f, 6f], w.Gradient!.ToArray());
        Assert.Null(state.Gradient);
    }

    [Fact]
    public void Results_not_kept_cannot_be_read_after_the_tape()
    {
        Tensor w = Parameter(1, 2);
        Tensor result;
        using (Tape.Begin())
        {
            result = Ops.Scale(w, 3);
        }

        Assert.Contains("Keep()", Assert.Throws<ObjectDisposedException>(() => result.Values[0]).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => Ops.Scale(result, 2));
        Assert.Throws<ObjectDisposedException>(() => result.Keep());
    }

    [Fact]
    public void A_gradient_that_somebody_holds_ends_and_never_becomes_another()
    {
        Tensor x = Tensor.From(1, 2, 3).WithGradient();
        var held = new List<Tensor>();
        for (int step = 0; step < 3; step++)
        {
            using Tape tape = Tape.Begin();
            Tensor doubled = Ops.Scale(x, 2);
            Tensor watched = Ops.Watch(x, _ => held.Add(doubled.Gradient!));
            tape.Backward(Ops.Sum(Ops.Add(Ops.Multiply(doubled, doubled), watched)));
            Assert.Throws<ObjectDisposedException>(() => held[0].Values[0]);
        }

        Assert.Equal(3, held.Distinct().Count());
    }

    [Fact]
    public void A_result_of_another_tape_is_refused()
    {
        Tensor w = Parameter(1);
        using Tape outer = Tape.Begin();
        Tensor loss = Ops.Sum(w);
        using (Tape inner = Tape.Begin())
        {
            Assert.Throws<InvalidOperationException>(() => inner.Backward(loss));
            inner.Backward(Ops.Sum(Ops.Scale(w, 5)));
        }

        outer.Backward(loss);
        Assert.Equal([6f], w.Gradient!.ToArray());
    }

    [Fact]
    public void Tapes_end_in_the_reverse_order()
    {
        Tape outer = Tape.Begin();
        Tape inner = Tape.Begin();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        Assert.False(Ops.Scale(Parameter(1), 2).RequiresGradient);
    }

    [Fact]
    public void A_tape_records_its_own_thread_only()
    {
        Tensor w = Parameter(1);
        using Tape tape = Tape.Begin();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = Ops.Scale(w, 2));
        thread.Start();
        thread.Join();
        Assert.False(elsewhere!.RequiresGradient);
        Assert.Equal(2f, elsewhere.Item());
    }

    [Fact]
    public void A_gradient_used_in_many_places_is_not_changed_under_anybody()
    {
        // y = (a + b) + (a + b) * a: the upstream gradient is shared by several terms before more is added to some of them.
        Tensor a = Parameter(2, -1);
        Tensor b = Parameter(5, 4);
        using Tape tape = Tape.Begin();
        Tensor sum = Ops.Add(a, b);
        Tensor y = Ops.Add(sum, Ops.Multiply(sum, a));
        tape.Backward(Ops.Sum(Ops.Add(y, Ops.Reshape(sum, new Shape(2)))));
        TensorAssert.Close([2 + 2 + 7, 2 - 1 + 3], a.Gradient!.Values, 1e-6, "a");
        TensorAssert.Close([2 + 2, 2 - 1], b.Gradient!.Values, 1e-6, "b");
    }
}
