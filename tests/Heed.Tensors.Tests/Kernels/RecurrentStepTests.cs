using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The steps of LSTM and GRU against their definition, and their gradients against finite differences.</summary>
public sealed class RecurrentStepTests
{
    [Fact]
    public void Lstm_of_which_both_are_used() => KernelCheck.Run(1e-5, (device, shape) => RunLstm(device, shape, withCell: true, withState: true), floor: 1);

    [Fact]
    public void Lstm_of_which_only_the_state_is_used() => KernelCheck.Run(1e-5, (device, shape) => RunLstm(device, shape, withCell: false, withState: true), floor: 1);

    [Fact]
    public void Lstm_of_which_only_the_cell_is_used() => KernelCheck.Run(1e-5, (device, shape) => RunLstm(device, shape, withCell: true, withState: false), floor: 1);

    [Fact]
    public void Gru() => KernelCheck.Run(
        1e-5,
        (device, shape) =>
        {
            Tensor projected = Gates(shape, 1, 3), hidden = Gates(shape, 2, 3), state = shape.Matrix(3);
            Tensor gates = Tensor.Full(projected.Shape, float.NaN), next = shape.Result(), dState = shape.Result();
            Tensor dProjected = Tensor.Full(projected.Shape, float.NaN), dHidden = Tensor.Full(projected.Shape, float.NaN);
            device.GruStep(projected, hidden, state, gates, next);
            device.GruStepBackward(hidden, state, gates, shape.Matrix(4), dProjected, dHidden, dState);
            return [gates, next, dProjected, dHidden, dState];
        },
        floor: 1);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Gradients_of_an_lstm_pass_finite_differences(bool useState, bool useCell) => GradientCheck.Run(
        x =>
        {
            (Tensor state, Tensor cell) = Heed.Tensors.Ops.LstmStep(x[0], x[1], x[2]);
            (state, cell) = Heed.Tensors.Ops.LstmStep(x[0], Heed.Tensors.Ops.Concat(1, state, state, state, state), cell);
            return useState && useCell ? Heed.Tensors.Ops.Add(state, cell) : useState ? state : cell;
        },
        [RandomTensor.Normal(1, new Shape(3, 20)), RandomTensor.Normal(2, new Shape(3, 20)), RandomTensor.Normal(3, new Shape(3, 5))]);

    [Fact]
    public void Gradients_of_a_gru_pass_finite_differences() => GradientCheck.Run(
        x => Heed.Tensors.Ops.GruStep(x[0], x[1], Heed.Tensors.Ops.GruStep(x[0], x[1], x[2])),
        [RandomTensor.Normal(1, new Shape(3, 15)), RandomTensor.Normal(2, new Shape(3, 15)), RandomTensor.Normal(3, new Shape(3, 5))]);

    [Fact]
    public void Gates_that_do_not_fit_are_refused()
    {
        Tensor gates = Tensor.Zeros(new Shape(2, 12)), state = Tensor.Zeros(new Shape(2, 4));
        Assert.Contains("LstmStep: gates of [2, 12] do not fit a state of [2, 4]", Assert.Throws<ShapeException>(() => Heed.Tensors.Ops.LstmStep(gates, gates, state)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Heed.Tensors.Ops.GruStep(gates, gates, Tensor.Zeros(new Shape(3, 4))));
    }

    private static Tensor[] RunLstm(Device device, KernelCheck.Case shape, bool withCell, bool withState)
    {
        Tensor projected = Gates(shape, 1, 4), hidden = Gates(shape, 2, 4), cell = shape.Matrix(3);
        Tensor gates = Tensor.Full(projected.Shape, float.NaN), dSum = Tensor.Full(projected.Shape, float.NaN);
        Tensor newCell = shape.Result(), newState = shape.Result(), dCell = shape.Result();
        device.LstmStep(projected, hidden, cell, gates, newCell, newState);
        device.LstmStepBackward(cell, gates, newCell, withCell ? shape.Matrix(4) : null, withState ? shape.Matrix(5) : null, dSum, dCell);
        return [gates, newCell, newState, dSum, dCell];
    }

    private static Tensor Gates(KernelCheck.Case shape, int n, int gates) => KernelCheck.Random(shape.Seed + n, new Shape(shape.Rows, gates * shape.Columns));
}
