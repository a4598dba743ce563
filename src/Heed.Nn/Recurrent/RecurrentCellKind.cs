namespace Heed.Nn.Recurrent;

/// <summary>The kinds of recurrent cell.</summary>
public enum RecurrentCellKind
{
    /// <summary>The simple cell with a tanh: <see cref="RnnCell"/>.</summary>
    Rnn,

    /// <summary>Long short-term memory: <see cref="LstmCell"/>.</summary>
    Lstm,

    /// <summary>The gated recurrent unit: <see cref="GruCell"/>.</summary>
    Gru,
}
