using Heed.Tensors;

namespace Heed.Nn.Recurrent;

/// <summary>What a recurrent cell carries from one token to the next, for several sequences.</summary>
/// <param name="Hidden">h, [sequences, hiddenSize].</param>
/// <param name="Cell">c of an LSTM, [sequences, hiddenSize]; null in other cells.</param>
public readonly record struct RecurrentState(Tensor Hidden, Tensor? Cell = null)
{
    /// <summary>Applies an operation on rows to both parts.</summary>
    /// <param name="operation">For example a choice of sequences.</param>
    public RecurrentState Map(Func<Tensor, Tensor> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new RecurrentState(operation(Hidden), Cell is null ? null : operation(Cell));
    }
}
