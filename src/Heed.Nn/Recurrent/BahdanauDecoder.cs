using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>A decoder that attends before each step: the state of the step before is the query, and the context is part of the input.</summary>
/// <remarks>
/// c_t = attention(h_(t-1)); h_t = cell([x_t; c_t], h_(t-1)); output_t = [h_t; c_t]. Bahdanau et al. 2015, section 3.1 and
/// appendix A.2, for any cell and any number of layers (the last layer's state asks). The columns of the first layer's input
/// weight that read the context stand apart, as <c>context_proj</c>, so that x is projected for all steps at once.
/// </remarks>
public sealed class BahdanauDecoder : RecurrentDecoder
{
    private readonly BahdanauAttention attention;
    private readonly Linear contextProjection;
    private readonly int memorySize;

    /// <summary>Creates a decoder.</summary>
    /// <param name="stack">The cells, in one direction.</param>
    /// <param name="memorySize">The width of a memory row.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    public BahdanauDecoder(RecurrentStack stack, int memorySize, RandomSource? random)
        : base(stack)
    {
        this.memorySize = memorySize;
        attention = Child("attention", new BahdanauAttention(Stack.OutputSize, memorySize, Stack.OutputSize / 2, random));
        contextProjection = Child("context_proj", new Linear(memorySize, First.InputBias.Count, random, bias: false));
    }

    /// <inheritdoc/>
    public override int OutputSize => Stack.OutputSize + memorySize;

    /// <inheritdoc/>
    public override Module Attention => attention;

    private RecurrentCell First => Stack.Layers[0].Cell;

    /// <inheritdoc/>
    public override KeyValues Project(Tensor memory) => attention.Project(memory);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Segments targets, IReadOnlyList<RecurrentState> initial, KeyValues memory, Segments sources, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sources);
        var order = new TimeMajorOrder(targets, reversed: false);
        Tensor projected = Ops.Embedding(First.ProjectInput(x), order.Rows); // [tokens in time-major order, gates * hiddenSize]
        IReadOnlyList<RecurrentState> states = [.. initial.Select(state => state.Map(part => Ops.Embedding(part, order.Sequences)))];
        var outputs = new List<Tensor>(order.Steps + 1);
        int row = 0;
        for (int step = 0; step < order.Steps; step++)
        {
            int active = order.ActiveAt(step);
            if (active < states[0].Hidden.Rows)
            {
                states = [.. states.Select(state => state.Map(part => Ops.Slice(part, 0, 0, active)))];
            }

            Segments rows = Choose(sources, order.Sequences.AsSpan(0, active));
            (Tensor output, states) = Step(Ops.Slice(projected, 0, row, active), states, memory, rows, dropout, recorder: null);
            outputs.Add(output);
            row += active;
        }

        if (order.HasPadding)
        {
            outputs.Add(Tensor.Zeros(new Shape(1, OutputSize)));
        }

        return Ops.Embedding(Ops.Concat(0, [.. outputs]), order.Places);
    }

    /// <inheritdoc/>
    public override (Tensor Output, IReadOnlyList<RecurrentState> States) Step(
        Tensor x, IReadOnlyList<RecurrentState> states, KeyValues memory, Segments sources, AttentionRecorder? recorder = null) =>
        Step(First.ProjectInput(x), states, memory, sources, dropout: null, recorder);

    private (Tensor Output, IReadOnlyList<RecurrentState> States) Step(
        Tensor projected, IReadOnlyList<RecurrentState> states, KeyValues memory, Segments sources, DropoutSource? dropout, AttentionRecorder? recorder)
    {
        Tensor context = attention.Forward(states[^1].Hidden, memory, sources, recorder); // [sequences, memorySize]
        (Tensor hidden, IReadOnlyList<RecurrentState> after) = Stack.StepProjected(Ops.Add(projected, contextProjection.Forward(context)), states, dropout);
        return (Ops.Concat(1, hidden, context), after);
    }

    private static Segments Choose(Segments segments, ReadOnlySpan<int> sequences)
    {
        var starts = new int[sequences.Length];
        var lengths = new int[sequences.Length];
        for (int i = 0; i < sequences.Length; i++)
        {
            (starts[i], lengths[i]) = (segments.Starts[sequences[i]], segments.Lengths[sequences[i]]);
        }

        return Segments.At(segments.Rows, starts, lengths);
    }
}
