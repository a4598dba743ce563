using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>The simple recurrent cell.</summary>
/// <remarks>h' = tanh(W_ih x + b_ih + W_hh h + b_hh). Elman 1990.</remarks>
/// <param name="inputSize">The width of a token.</param>
/// <param name="hiddenSize">The width of the state.</param>
/// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
public sealed class RnnCell(int inputSize, int hiddenSize, RandomSource? random) : RecurrentCell(inputSize, hiddenSize, 1, random)
{
    /// <inheritdoc/>
    public override RecurrentState Step(Tensor projected, RecurrentState state) => new(Ops.Tanh(Ops.Add(projected, ProjectHidden(state))));
}
