using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>A decoder without attention: the whole source is squeezed into the state that it begins with.</summary>
/// <remarks>Sutskever et al. 2014, section 2.</remarks>
/// <param name="stack">The cells, in one direction.</param>
public sealed class PlainDecoder(RecurrentStack stack) : RecurrentDecoder(stack)
{
    /// <inheritdoc/>
    public override int OutputSize => Stack.OutputSize;

    /// <inheritdoc/>
    public override Module? Attention => null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Segments targets, IReadOnlyList<RecurrentState> initial, KeyValues memory, Segments sources, DropoutSource? dropout = null) =>
        Stack.Forward(x, targets, initial, dropout).Outputs;

    /// <inheritdoc/>
    public override (Tensor Output, IReadOnlyList<RecurrentState> States) Step(
        Tensor x, IReadOnlyList<RecurrentState> states, KeyValues memory, Segments sources, AttentionRecorder? recorder = null) => Stack.Step(x, states);
}
