namespace Heed.Tensors.Memory;

/// <summary>
/// A region of code whose tensors go back to the pool together when it ends. Inference runs in one; a
/// <see cref="Autograd.Tape"/> contains one.
/// </summary>
/// <remarks>
/// Scopes nest and belong to the thread that began them. A tensor that must live on is kept with
/// <see cref="Tensor.Keep"/>, which hands it to the garbage collector.
/// </remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    private readonly TensorScope? outer;
    private readonly List<TensorBuffer> buffers = SpareList<TensorBuffer>.Take();
    private bool ended;

    private TensorScope(TensorScope? outer) => this.outer = outer;

    internal static TensorScope? Current => current;

    /// <summary>Begins a scope on this thread; dispose it to end it.</summary>
    public static TensorScope Begin() => current = new TensorScope(current);

    /// <summary>Ends the scope: every tensor made inside and not kept becomes unreadable.</summary>
    /// <exception cref="InvalidOperationException">A scope begun inside this one has not ended yet.</exception>
    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        if (current != this)
        {
            throw new InvalidOperationException("scopes must end in the reverse of the order they began, on the same thread");
        }

        ended = true;
        current = outer;
        foreach (TensorBuffer buffer in buffers)
        {
            buffer.EndOf(this);
        }

        SpareList<TensorBuffer>.Return(buffers);
    }

    /// <summary>Runs with no scope, so that what is allocated lives as long as somebody refers to it.</summary>
    internal static Suspension Suspend()
    {
        var suspension = new Suspension(current);
        current = null;
        return suspension;
    }

    internal void Adopt(TensorBuffer buffer) => buffers.Add(buffer);

    internal readonly struct Suspension(TensorScope? suspended) : IDisposable
    {
        public void Dispose() => current = suspended;
    }
}
