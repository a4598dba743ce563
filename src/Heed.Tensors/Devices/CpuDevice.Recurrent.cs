using Heed.Tensors.Kernels;

namespace Heed.Tensors.Devices;

/// <content>The steps of gated recurrent networks.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void LstmStep(Tensor projected, Tensor hidden, Tensor cell, Tensor gates, Tensor newCell, Tensor newState)
    {
        ForRows(cell.Rows, gates.Columns, new LstmForward<TVector>(
            projected.Pointer, hidden.Pointer, cell.Pointer, cell.Columns, gates.MutablePointer(), newCell.MutablePointer(), newState.MutablePointer()));
        KeepAlive(projected, hidden, cell, gates, newCell, newState);
    }

    public override void LstmStepBackward(Tensor cell, Tensor gates, Tensor newCell, Tensor? dNewCell, Tensor? dNewState, Tensor dSum, Tensor dCell)
    {
        float* upstreamCell = dNewCell is null ? null : dNewCell.Pointer;
        float* upstreamState = dNewState is null ? null : dNewState.Pointer;
        ForRows(cell.Rows, gates.Columns, new LstmBackward<TVector>(
            cell.Pointer, gates.Pointer, newCell.Pointer, upstreamCell, upstreamState, cell.Columns, dSum.MutablePointer(), dCell.MutablePointer()));
        KeepAlive(cell, gates, newCell, dNewCell, dNewState, dSum, dCell);
    }

    public override void GruStep(Tensor projected, Tensor hidden, Tensor state, Tensor gates, Tensor newState)
    {
        ForRows(state.Rows, gates.Columns, new GruForward<TVector>(projected.Pointer, hidden.Pointer, state.Pointer, state.Columns, gates.MutablePointer(), newState.MutablePointer()));
        KeepAlive(projected, hidden, state, gates, newState);
    }

    public override void GruStepBackward(Tensor hidden, Tensor state, Tensor gates, Tensor dNewState, Tensor dProjected, Tensor dHidden, Tensor dState)
    {
        ForRows(state.Rows, gates.Columns, new GruBackward<TVector>(
            hidden.Pointer, state.Pointer, gates.Pointer, dNewState.Pointer, state.Columns, dProjected.MutablePointer(), dHidden.MutablePointer(), dState.MutablePointer()));
        KeepAlive(hidden, state, gates, dNewState, dProjected, dHidden, dState);
    }
}
