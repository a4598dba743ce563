using Heed.Tensors.Memory;

namespace Heed.Tensors.Autograd;

/// <summary>
/// Records the operations of a forward pass and runs them backward. Operations are recorded only while a tape is
/// active on the thread and only where an input requires a gradient; without a tape nothing is remembered.
/// </summary>
/// <example>
/// <code>
/// using Tape tape = Tape.Begin();
/// Tensor loss = model.Loss(batch);
/// tape.Backward(loss);      // parameters now hold their gradients
/// optimizer.Step();
/// </code>
/// </example>
/// <remarks>
/// Reverse-mode differentiation (Linnainmaa 1970; Baydin et al. 2018, section 3.2). Operations are recorded in the order
/// they ran, which is a topological order, so the backward pass is the same list read from the end.
/// </remarks>
public sealed class Tape : IDisposable
{
    [ThreadStatic]
    private static Tape? current;

    private readonly Tape? outer;
    private readonly TensorScope scope;
    private readonly List<(Tensor Output, BackwardStep Backward)> nodes = SpareList<(Tensor Output, BackwardStep Backward)>.Take();
    private int nodesRun;

    private Tape(Tape? outer)
    {
        this.outer = outer;
        scope = TensorScope.Begin();
    }

    /// <summary>Starts recording on this thread. Dispose the tape to give all its intermediate results back.</summary>
    public static Tape Begin() => current = new Tape(current);

    /// <summary>Whether a tape is recording on this thread.</summary>
    internal static bool IsActive => current is not null;

    /// <summary>Whether this tape was disposed; its results are constants since then.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether an operation on these inputs is to be recorded.</summary>
    internal static bool Records(params ReadOnlySpan<Tensor?> inputs)
    {
        if (current is null)
        {
            return false;
        }

        foreach (Tensor? input in inputs)
        {
            if (input is { RequiresGradient: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Records how an output's gradient flows to the inputs of the operation that made it.</summary>
    /// <param name="output">The operation's result.</param>
    /// <param name="saved">What the backward pass needs of the forward pass.</param>
    /// <param name="backward">Takes <paramref name="saved"/> and dL/d(output) and adds to the inputs' gradients; static, so that it captures nothing.</param>
    internal static void Record<TSaved>(Tensor output, TSaved saved, Action<TSaved, Tensor> backward)
    {
        Tape tape = current!;
        output.MarkRecorded(tape, checked(tape.nodesRun + tape.nodes.Count));
        tape.nodes.Add((output, BackwardStep<TSaved>.Take(saved, backward)));
    }

    /// <summary>Records a step that knows what it needs, for operations of several outputs; a new object each time.</summary>
    /// <param name="output">The operation's result.</param>
    /// <param name="backward">Takes dL/d(output) and adds to the inputs' gradients.</param>
    internal static void Record(Tensor output, Action<Tensor> backward) => Record(output, backward, static (step, dy) => step(dy));

    /// <summary>Whether a backward pass has gone through a node already.</summary>
    internal bool HasRun(int node) => node < nodesRun;

    /// <summary>Computes dL/dx for every parameter x that the scalar loss depends on, adding to gradients already there.</summary>
    /// <param name="loss">A one-element result recorded on this tape.</param>
    /// <exception cref="ShapeException">The loss holds more than one element.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss was not recorded: no parameter led to it, or another tape was active. Or a backward pass has gone through a
    /// part of it already.
    /// </exception>
    public void Backward(Tensor loss)
    {
        if (loss.Count != 1)
        {
            throw new ShapeException($"Backward: the loss must be one number, got {loss.Shape}; sum or average it first");
        }

        Backward(loss, Tensor.Full(loss.Shape, 1f, loss.Device));
    }

    /// <summary>Runs backward from a result with a given upstream gradient.</summary>
    /// <param name="output">A result recorded on this tape.</param>
    /// <param name="upstream">dL/d(output), of the same shape.</param>
    public void Backward(Tensor output, Tensor upstream)
    {
        ShapeGuard.Same(nameof(Backward), output, upstream);
        if (!output.IsRecordedOn(this))
        {
            throw new InvalidOperationException("Backward: the result was not recorded on this tape: no input of it requires a gradient, or another tape was active");
        }

        output.AddGradient(upstream, shared: true);
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            (Tensor result, BackwardStep backward) = nodes[i];
            if (result.CurrentGradient is { } gradient)
            {
                backward.Run(gradient);
                result.DropGradient();
            }
        }

        nodesRun += nodes.Count;
        ForgetNodes();
    }

    /// <summary>Stops recording and gives every intermediate result back to the pool.</summary>
    /// <exception cref="InvalidOperationException">A tape begun after this one has not ended yet.</exception>
    public void Dispose()
    {
        if (HasEnded)
        {
            return;
        }

        if (current != this)
        {
            throw new InvalidOperationException("tapes must end in the reverse of the order they began, on the same thread");
        }

        scope.Dispose();
        current = outer;
        HasEnded = true;
        ForgetNodes();
        SpareList<(Tensor Output, BackwardStep Backward)>.Return(nodes);
    }

    private void ForgetNodes()
    {
        foreach ((_, BackwardStep backward) in nodes)
        {
            backward.Recycle();
        }

        nodes.Clear();
    }
}
