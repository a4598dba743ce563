using Heed.Tensors;

namespace Heed.Nn.Recurrent;

/// <summary>Runs a cell over whole sequences, in one direction.</summary>
public sealed class RecurrentLayer : Module
{
    private readonly bool reversed;

    /// <summary>Creates a layer.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="reversed">Whether sequences are read from their end.</param>
    public RecurrentLayer(RecurrentCell cell, bool reversed = false)
    {
        this.reversed = reversed;
        Cell = Child(string.Empty, cell);
    }

    /// <summary>The cell.</summary>
    public RecurrentCell Cell { get; }

    /// <summary>Reads a packed batch; each sequence begins with a state of zeros.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; of any lengths, and rows outside them are padding.</param>
    /// <param name="initial">The state before the first token of each sequence; zeros when null.</param>
    /// <returns>
    /// The hidden state after each token, [tokens, hiddenSize], zero at padding; and the state after the last token of each
    /// sequence, which is its first token when the layer reads from the end.
    /// </returns>
    public (Tensor Outputs, RecurrentState Final) Forward(Tensor x, Segments segments, RecurrentState? initial = null)
    {
        ArgumentNullException.ThrowIfNull(segments);
        var order = new TimeMajorOrder(segments, reversed);
        Tensor projected = Ops.Embedding(Cell.ProjectInput(x), order.Rows); // [tokens in time-major order, gates * hiddenSize]
        RecurrentState state = (initial ?? Cell.InitialState(segments.Count)).Map(part => Ops.Embedding(part, order.Sequences));
        var outputs = new List<Tensor>();
        var finished = new Stack<RecurrentState>(); // the shortest sequences finish first, and stand last
        int row = 0;
        for (int step = 0; step <= order.Steps; step++)
        {
            state = Retire(state, order.ActiveAt(step), finished);
            if (step < order.Steps)
            {
                state = Cell.Step(Ops.Slice(projected, 0, row, order.ActiveAt(step)), state);
                outputs.Add(state.Hidden);
                row += order.ActiveAt(step);
            }
        }

        return (Reorder(outputs, order), Restore(finished, order));
    }

    // Keeps the states of the first sequences and puts those of the others away.
    private static RecurrentState Retire(RecurrentState state, int active, Stack<RecurrentState> finished)
    {
        int count = state.Hidden.Shape[0];
        if (active == count)
        {
            return state;
        }

        finished.Push(state.Map(part => Ops.Slice(part, 0, active, count - active)));
        return state.Map(part => Ops.Slice(part, 0, 0, active));
    }

    private Tensor Reorder(List<Tensor> outputs, TimeMajorOrder order)
    {
        if (order.HasPadding || outputs.Count == 0)
        {
            outputs.Add(Tensor.Zeros(new Shape(1, Cell.HiddenSize)));
        }

        return Ops.Embedding(Ops.Concat(0, [.. outputs]), order.Places);
    }

    private RecurrentState Restore(Stack<RecurrentState> finished, TimeMajorOrder order)
    {
        if (finished.Count == 0)
        {
            return Cell.InitialState(0);
        }

        Tensor Join(Func<RecurrentState, Tensor> part) => Ops.Embedding(Ops.Concat(0, [.. finished.Select(part)]), order.SequencePlaces);
        return new RecurrentState(Join(state => state.Hidden), finished.Peek().Cell is null ? null : Join(state => state.Cell!));
    }
}
