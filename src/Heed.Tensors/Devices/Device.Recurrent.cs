namespace Heed.Tensors.Devices;

/// <content>The steps of gated recurrent networks, after their products.</content>
public abstract partial class Device
{
    /// <summary>
    /// One step of an LSTM: with [i f g o] = projected + hidden, cell' = sigmoid(f) cell + sigmoid(i) tanh(g) and state' = sigmoid(o) tanh(cell').
    /// Keeps the activated gates.
    /// </summary>
    public abstract void LstmStep(Tensor projected, Tensor hidden, Tensor cell, Tensor gates, Tensor newCell, Tensor newState);

    /// <summary>The gradients of <see cref="LstmStep"/>, of the sum of projected and hidden and of the cell. An upstream gradient that is null is 0.</summary>
    public abstract void LstmStepBackward(Tensor cell, Tensor gates, Tensor newCell, Tensor? dNewCell, Tensor? dNewState, Tensor dSum, Tensor dCell);

    /// <summary>
    /// One step of a GRU: with [r z n] in projected and hidden, r and z = sigmoid of their sums, n = tanh(projected n + r hidden n) and
    /// state' = (1 - z) n + z state. Keeps the activated gates.
    /// </summary>
    public abstract void GruStep(Tensor projected, Tensor hidden, Tensor state, Tensor gates, Tensor newState);

    /// <summary>The gradients of <see cref="GruStep"/>.</summary>
    public abstract void GruStepBackward(Tensor hidden, Tensor state, Tensor gates, Tensor dNewState, Tensor dProjected, Tensor dHidden, Tensor dState);
}
