using Heed.Tensors.Autograd;

namespace Heed.Tensors.Tests.Ops;

using Ops = Heed.Tensors.Ops;

public sealed class WatchTests
{
    [Fact]
    public void The_observer_sees_the_whole_gradient_once_and_changes_nothing()
    {
        Tensor x = Tensor.From(1, 2, 3).WithGradient();
        var seen = new List<float[]>();
        using Tape tape = Tape.Begin();
        Tensor watched = Ops.Watch(x, gradient => seen.Add(gradient.ToArray()));
        tape.Backward(Ops.Sum(Ops.Add(Ops.Scale(watched, 2), Ops.Multiply(watched, watched)))); // 2 + 2 x
        Assert.Equal([[4, 6, 8]], seen);
        Assert.Equal([4, 6, 8], x.Gradient!.ToArray());
    }

    [Fact]
    public void Without_a_tape_it_is_a_view() => Assert.Equal([1f, 2f], Ops.Watch(Tensor.From(1, 2), _ => Assert.Fail("nothing is recorded")).ToArray());
}
