using Heed.Tensors.Memory;

namespace Heed.Tensors.Autograd;

/// <summary>What the backward pass does for one recorded operation.</summary>
internal abstract class BackwardStep
{
    /// <summary>Adds to the gradients of the operation's inputs.</summary>
    /// <param name="gradient">dL/d(output).</param>
    public abstract void Run(Tensor gradient);

    /// <summary>Forgets everything; the object serves another operation later.</summary>
    public abstract void Recycle();
}

/// <summary>A step, and what it needs of the forward pass.</summary>
/// <typeparam name="TSaved">What it needs: the tensors and numbers of one kind of operation.</typeparam>
internal sealed class BackwardStep<TSaved> : BackwardStep
{
    private TSaved saved = default!;
    private Action<TSaved, Tensor> backward = null!;

    private BackwardStep()
    {
    }

    public static BackwardStep<TSaved> Take(TSaved saved, Action<TSaved, Tensor> backward)
    {
        BackwardStep<TSaved> step = SpareObjects<BackwardStep<TSaved>>.Take() ?? new BackwardStep<TSaved>();
        (step.saved, step.backward) = (saved, backward);
        return step;
    }

    /// <inheritdoc/>
    public override void Run(Tensor gradient) => backward(saved, gradient);

    /// <inheritdoc/>
    public override void Recycle()
    {
        (saved, backward) = (default!, null!);
        SpareObjects<BackwardStep<TSaved>>.Return(this);
    }
}
