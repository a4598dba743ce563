using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>Several recurrent layers on top of each other, each in one direction or both.</summary>
/// <remarks>Schuster and Paliwal 1997 for the two directions: their outputs are joined, the forward one first.</remarks>
public sealed class RecurrentStack : Module
{
    private readonly float dropoutProbability;

    /// <summary>Creates a stack.</summary>
    /// <param name="kind">The kind of cell.</param>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="hiddenSize">The width of each direction's state.</param>
    /// <param name="numLayers">The number of layers, at least 1.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    /// <param name="bidirectional">Whether each layer also reads from the end.</param>
    /// <param name="dropout">Dropout between layers.</param>
    public RecurrentStack(RecurrentCellKind kind, int inputSize, int hiddenSize, int numLayers, RandomSource? random, bool bidirectional = false, float dropout = 0f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numLayers, 1);
        dropoutProbability = dropout;
        int directions = bidirectional ? 2 : 1;
        var layers = new RecurrentLayer[numLayers * directions];
        for (int i = 0; i < layers.Length; i++)
        {
            bool reversed = i % directions == 1;
            RecurrentCell cell = RecurrentCell.Create(kind, i < directions ? inputSize : directions * hiddenSize, hiddenSize, random);
            layers[i] = Child($"layers.{i / directions}.{(reversed ? "backward" : "forward")}", new RecurrentLayer(cell, reversed));
        }

        Layers = layers;
        Directions = directions;
    }

    /// <summary>The layers, the first one first, and the forward direction of each before the backward one.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; }

    /// <summary>1 or 2.</summary>
    public int Directions { get; }

    /// <summary>The width of the outputs.</summary>
    public int OutputSize => Directions * Layers[0].Cell.HiddenSize;

    /// <summary>Reads a packed batch.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <param name="segments">The sequences; of any lengths, and rows outside them are padding.</param>
    /// <param name="initial">The states before the first tokens, as many as <see cref="Layers"/>; zeros when null.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>The last layer's outputs, [tokens, <see cref="OutputSize"/>], and the final state of each of <see cref="Layers"/>.</returns>
    public (Tensor Outputs, IReadOnlyList<RecurrentState> Finals) Forward(
        Tensor x, Segments segments, IReadOnlyList<RecurrentState>? initial = null, DropoutSource? dropout = null)
    {
        var finals = new RecurrentState[Layers.Count];
        for (int i = 0; i < Layers.Count; i += Directions)
        {
            Tensor input = i == 0 ? x : dropout.Drop(x, dropoutProbability);
            var outputs = new Tensor[Directions];
            for (int direction = 0; direction < Directions; direction++)
            {
                (outputs[direction], finals[i + direction]) = Layers[i + direction].Forward(input, segments, initial?[i + direction]);
            }

            x = Directions == 1 ? outputs[0] : Ops.Concat(1, outputs);
        }

        return (x, finals);
    }

    /// <summary>Reads one token of each sequence: a decoder's step.</summary>
    /// <param name="x">[sequences, inputSize].</param>
    /// <param name="states">The state of each layer.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>The last layer's output, [sequences, hiddenSize], and the states after the token.</returns>
    /// <exception cref="InvalidOperationException">The stack also reads from the end, which needs whole sequences.</exception>
    public (Tensor Output, IReadOnlyList<RecurrentState> States) Step(Tensor x, IReadOnlyList<RecurrentState> states, DropoutSource? dropout = null) =>
        StepProjected(Layers[0].Cell.ProjectInput(x), states, dropout);

    /// <summary>Reads one token of each sequence, whose projection by the first layer's cell was made before.</summary>
    /// <param name="projected">[sequences, gates * hiddenSize]: see <see cref="RecurrentCell.ProjectInput"/>.</param>
    /// <param name="states">The state of each layer.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>The last layer's output, [sequences, hiddenSize], and the states after the token.</returns>
    /// <exception cref="InvalidOperationException">The stack also reads from the end, which needs whole sequences.</exception>
    public (Tensor Output, IReadOnlyList<RecurrentState> States) StepProjected(Tensor projected, IReadOnlyList<RecurrentState> states, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (Directions != 1)
        {
            throw new InvalidOperationException("a bidirectional stack cannot read one token at a time; make it with bidirectional: false");
        }

        var after = new RecurrentState[Layers.Count];
        for (int i = 0; i < Layers.Count; i++)
        {
            RecurrentCell cell = Layers[i].Cell;
            after[i] = cell.Step(i == 0 ? projected : cell.ProjectInput(dropout.Drop(after[i - 1].Hidden, dropoutProbability)), states[i]);
        }

        return (after[^1].Hidden, after);
    }
}
