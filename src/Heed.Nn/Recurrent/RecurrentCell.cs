using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>One step of a recurrent network. Parameters, names and the order of gates are PyTorch's.</summary>
public abstract class RecurrentCell : Module
{
    /// <summary>Creates a cell.</summary>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="hiddenSize">The width of the state.</param>
    /// <param name="gates">How many vectors of hiddenSize a step computes.</param>
    /// <param name="random">Draws all parameters, uniform in plus or minus 1/sqrt(hiddenSize); null leaves them zero, to be loaded.</param>
    protected RecurrentCell(int inputSize, int hiddenSize, int gates, RandomSource? random)
    {
        HiddenSize = hiddenSize;
        double bound = 1 / Math.Sqrt(hiddenSize);
        InputWeight = Parameter("weight_ih", Initialization.Uniform(new Shape(gates * hiddenSize, inputSize), bound, random));
        HiddenWeight = Parameter("weight_hh", Initialization.Uniform(new Shape(gates * hiddenSize, hiddenSize), bound, random));
        InputBias = Parameter("bias_ih", Initialization.Uniform(new Shape(gates * hiddenSize), bound, random));
        HiddenBias = Parameter("bias_hh", Initialization.Uniform(new Shape(gates * hiddenSize), bound, random));
    }

    /// <summary>The width of the state.</summary>
    public int HiddenSize { get; }

    /// <summary>W_ih, [gates * hiddenSize, inputSize].</summary>
    public Tensor InputWeight { get; }

    /// <summary>W_hh, [gates * hiddenSize, hiddenSize].</summary>
    public Tensor HiddenWeight { get; }

    /// <summary>b_ih, [gates * hiddenSize].</summary>
    public Tensor InputBias { get; }

    /// <summary>b_hh, [gates * hiddenSize].</summary>
    public Tensor HiddenBias { get; }

    /// <summary>Creates a cell of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="inputSize">The width of a token.</param>
    /// <param name="hiddenSize">The width of the state.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    public static RecurrentCell Create(RecurrentCellKind kind, int inputSize, int hiddenSize, RandomSource? random) => kind switch
    {
        RecurrentCellKind.Rnn => new RnnCell(inputSize, hiddenSize, random),
        RecurrentCellKind.Lstm => new LstmCell(inputSize, hiddenSize, random),
        RecurrentCellKind.Gru => new GruCell(inputSize, hiddenSize, random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of recurrent cell"),
    };

    /// <summary>W_ih x + b_ih: the part of a step that does not wait for the step before, for any number of tokens at once.</summary>
    /// <param name="x">[tokens, inputSize].</param>
    /// <returns>[tokens, gates * hiddenSize].</returns>
    public Tensor ProjectInput(Tensor x) => Ops.Linear(x, InputWeight, InputBias);

    /// <summary>Reads one token of each sequence.</summary>
    /// <param name="projected">What <see cref="ProjectInput"/> made of the tokens, [sequences, gates * hiddenSize].</param>
    /// <param name="state">The state before.</param>
    /// <returns>The state after; its hidden part is the output.</returns>
    public abstract RecurrentState Step(Tensor projected, RecurrentState state);

    /// <summary>The state before the first token: zeros.</summary>
    /// <param name="sequences">How many sequences.</param>
    public virtual RecurrentState InitialState(int sequences) => new(Tensor.Zeros(new Shape(sequences, HiddenSize)));

    /// <summary>W_hh h + b_hh, [sequences, gates * hiddenSize].</summary>
    /// <param name="state">The state before.</param>
    protected Tensor ProjectHidden(RecurrentState state) => Ops.Linear(state.Hidden, HiddenWeight, HiddenBias);
}
