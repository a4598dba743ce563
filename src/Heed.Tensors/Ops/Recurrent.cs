using Heed.Tensors.Autograd;

namespace Heed.Tensors;

/// <content>The steps of gated recurrent networks, after their products.</content>
public static partial class Ops
{
    /// <summary>One step of an LSTM.</summary>
    /// <param name="projected">The input's part of the gates i, f, g and o, [sequences, 4 * hiddenSize].</param>
    /// <param name="hidden">The state's part of them, of the same shape.</param>
    /// <param name="cell">The cell before, [sequences, hiddenSize].</param>
    /// <returns>The state and the cell after.</returns>
    /// <remarks>
    /// [i f g o] = projected + hidden; cell' = sigmoid(f) cell + sigmoid(i) tanh(g); state' = sigmoid(o) tanh(cell').
    /// Hochreiter and Schmidhuber 1997; Gers et al. 2000 for the forget gate.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit each other.</exception>
    public static (Tensor State, Tensor Cell) LstmStep(Tensor projected, Tensor hidden, Tensor cell)
    {
        GuardGates(nameof(LstmStep), projected, hidden, cell, gates: 4);
        Tensor gates = Tensor.Like(projected);
        Tensor newCell = Tensor.Like(cell);
        Tensor newState = Tensor.Like(cell);
        projected.Device.LstmStep(projected, hidden, cell, gates, newCell, newState);
        if (Tape.Records(projected, hidden, cell))
        {
            // All that uses the cell or the state comes later, so when the state's turn has come the cell's gradient is complete too.
            bool isDone = false;
            Tape.Record(newCell, dNewCell =>
            {
                if (!isDone)
                {
                    Backward(dNewCell, null);
                }
            });
            Tape.Record(newState, dNewState =>
            {
                isDone = true;
                Backward(newCell.CurrentGradient, dNewState);
            });
        }

        return (newState, newCell);

        void Backward(Tensor? dNewCell, Tensor? dNewState)
        {
            Tensor dSum = Tensor.GradientLike(gates);
            Tensor dCell = Tensor.GradientLike(cell);
            projected.Device.LstmStepBackward(cell, gates, newCell, dNewCell, dNewState, dSum, dCell);
            projected.AddGradient(dSum, shared: true);
            hidden.AddGradient(dSum, shared: true);
            cell.AddGradient(dCell);
        }
    }

    /// <summary>One step of a GRU.</summary>
    /// <param name="projected">The input's part of the gates r, z and n, [sequences, 3 * hiddenSize].</param>
    /// <param name="hidden">The state's part of them, of the same shape.</param>
    /// <param name="state">The state before, [sequences, hiddenSize].</param>
    /// <returns>The state after.</returns>
    /// <remarks>
    /// r and z are the sigmoids of projected + hidden; n = tanh(projected n + r (hidden n)); state' = (1 - z) n + z state. Cho et al. 2014,
    /// section 2.3, with the reset gate after the product, as in PyTorch and cuDNN.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit each other.</exception>
    public static Tensor GruStep(Tensor projected, Tensor hidden, Tensor state)
    {
        GuardGates(nameof(GruStep), projected, hidden, state, gates: 3);
        Tensor gates = Tensor.Like(projected);
        Tensor newState = Tensor.Like(state);
        projected.Device.GruStep(projected, hidden, state, gates, newState);
        if (Tape.Records(projected, hidden, state))
        {
            Tape.Record(newState, (projected, hidden, state, gates), static (saved, dNewState) =>
            {
                (Tensor projected, Tensor hidden, Tensor state, Tensor gates) = saved;
                Tensor dProjected = Tensor.GradientLike(projected);
                Tensor dHidden = Tensor.GradientLike(hidden);
                Tensor dState = Tensor.GradientLike(state);
                projected.Device.GruStepBackward(hidden, state, gates, dNewState, dProjected, dHidden, dState);
                projected.AddGradient(dProjected);
                hidden.AddGradient(dHidden);
                state.AddGradient(dState);
            });
        }

        return newState;
    }

    private static void GuardGates(string operation, Tensor projected, Tensor hidden, Tensor state, int gates)
    {
        ShapeGuard.Rank(operation, state, 2, "a state [sequences, hiddenSize]");
        ShapeGuard.Same(operation, projected, hidden);
        if (projected.Shape != new Shape(state.Shape[0], gates * state.Columns))
        {
            throw new ShapeException($"{operation}: gates of {projected.Shape} do not fit a state of {state.Shape}, which has [{state.Shape[0]}, {gates * state.Columns}]");
        }
    }
}
