using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>The gated recurrent unit.</summary>
/// <remarks>
/// r = sigmoid(W_ir x + b_ir + W_hr h + b_hr); z likewise; n = tanh(W_in x + b_in + r (W_hn h + b_hn)); h' = (1 - z) n + z h.
/// Cho et al. 2014, section 2.3, with the reset gate after the product, as in PyTorch and cuDNN.
/// </remarks>
/// <param name="inputSize">The width of a token.</param>
/// <param name="hiddenSize">The width of the state.</param>
/// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
public sealed class GruCell(int inputSize, int hiddenSize, RandomSource? random) : RecurrentCell(inputSize, hiddenSize, 3, random)
{
    /// <inheritdoc/>
    public override RecurrentState Step(Tensor projected, RecurrentState state) => new(Ops.GruStep(projected, ProjectHidden(state), state.Hidden));
}
