using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>The long short-term memory cell, with a forget gate.</summary>
/// <remarks>
/// [i f g o] = W_ih x + b_ih + W_hh h + b_hh; c' = sigmoid(f) c + sigmoid(i) tanh(g); h' = sigmoid(o) tanh(c').
/// Hochreiter and Schmidhuber 1997; Gers et al. 2000 for the forget gate.
/// </remarks>
/// <param name="inputSize">The width of a token.</param>
/// <param name="hiddenSize">The width of the state.</param>
/// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
public sealed class LstmCell(int inputSize, int hiddenSize, RandomSource? random) : RecurrentCell(inputSize, hiddenSize, 4, random)
{
    /// <inheritdoc/>
    public override RecurrentState Step(Tensor projected, RecurrentState state)
    {
        Tensor before = state.Cell ?? throw new ArgumentException("an LSTM needs a state with a cell; begin with InitialState", nameof(state));
        (Tensor hidden, Tensor cell) = Ops.LstmStep(projected, ProjectHidden(state), before);
        return new RecurrentState(hidden, cell);
    }

    /// <inheritdoc/>
    public override RecurrentState InitialState(int sequences) => base.InitialState(sequences) with { Cell = Tensor.Zeros(new Shape(sequences, HiddenSize)) };
}
