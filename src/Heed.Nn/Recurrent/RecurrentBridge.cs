using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>Makes the states that a decoder begins with of the states that an encoder ends with.</summary>
/// <remarks>
/// Layer by layer: h = tanh(W [h forward; h backward] + b), and c = W_c [c forward; c backward] + b_c where cells have one
/// (Bahdanau et al. 2015, appendix A.2.2, for the backward state alone). The last layers go together; decoder layers for which the
/// encoder has none begin with its first.
/// </remarks>
public sealed class RecurrentBridge : Module
{
    private readonly int directions;
    private readonly int skipped; // encoder layers below the one that the first decoder layer begins with; negative where the decoder is deeper
    private readonly IReadOnlyList<Linear> hidden;
    private readonly IReadOnlyList<Linear>? cells;

    /// <summary>Creates a bridge.</summary>
    /// <param name="encoder">The cells that have read.</param>
    /// <param name="decoder">The cells that will write.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public RecurrentBridge(RecurrentStack encoder, RecurrentStack decoder, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        directions = encoder.Directions;
        skipped = (encoder.Layers.Count / directions) - decoder.Layers.Count;
        Linear Create(int layer) => new(encoder.OutputSize, decoder.Layers[layer].Cell.HiddenSize, random);
        hidden = Children("hidden", decoder.Layers.Count, Create);
        cells = decoder.Layers[0].Cell is LstmCell ? Children("cell", decoder.Layers.Count, Create) : null;
    }

    /// <summary>The decoder's first states.</summary>
    /// <param name="finals">The final states of the encoder's layers, as <see cref="RecurrentStack.Forward"/> returns them.</param>
    public IReadOnlyList<RecurrentState> Forward(IReadOnlyList<RecurrentState> finals)
    {
        ArgumentNullException.ThrowIfNull(finals);
        return [.. hidden.Select((linear, layer) => new RecurrentState(
            Ops.Tanh(linear.Forward(Join(finals, layer, state => state.Hidden))),
            cells?[layer].Forward(Join(finals, layer, state => state.Cell!))))];
    }

    private Tensor Join(IReadOnlyList<RecurrentState> finals, int layer, Func<RecurrentState, Tensor> part)
    {
        int first = Math.Max(0, layer + skipped) * directions;
        return directions == 1 ? part(finals[first]) : Ops.Concat(1, part(finals[first]), part(finals[first + 1]));
    }
}
