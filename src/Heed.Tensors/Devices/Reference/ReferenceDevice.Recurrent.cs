namespace Heed.Tensors.Devices;

/// <content>The steps of gated recurrent networks, by their definition.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void LstmStep(Tensor projected, Tensor hidden, Tensor cell, Tensor gates, Tensor newCell, Tensor newState)
    {
        int size = cell.Columns;
        for (int row = 0; row < cell.Rows; row++)
        {
            double Sum(int gate, int c) => (double)Row(projected, row)[(gate * size) + c] + Row(hidden, row)[(gate * size) + c];
            for (int c = 0; c < size; c++)
            {
                (double i, double f, double g, double o) = (Logistic(Sum(0, c)), Logistic(Sum(1, c)), Math.Tanh(Sum(2, c)), Logistic(Sum(3, c)));
                Span<float> kept = MutableRow(gates, row);
                (kept[c], kept[size + c], kept[(2 * size) + c], kept[(3 * size) + c]) = ((float)i, (float)f, (float)g, (float)o);
                double next = (f * Row(cell, row)[c]) + (i * g);
                MutableRow(newCell, row)[c] = (float)next;
                MutableRow(newState, row)[c] = (float)(o * Math.Tanh(next));
            }
        }
    }

    /// <inheritdoc/>
    public override void LstmStepBackward(Tensor cell, Tensor gates, Tensor newCell, Tensor? dNewCell, Tensor? dNewState, Tensor dSum, Tensor dCell)
    {
        int size = cell.Columns;
        for (int row = 0; row < cell.Rows; row++)
        {
            ReadOnlySpan<float> kept = Row(gates, row);
            Span<float> result = MutableRow(dSum, row);
            for (int c = 0; c < size; c++)
            {
                (double i, double f, double g, double o) = (kept[c], kept[size + c], kept[(2 * size) + c], kept[(3 * size) + c]);
                double tanh = Math.Tanh(Row(newCell, row)[c]);
                double dState = dNewState is null ? 0 : Row(dNewState, row)[c];
                double dNext = (dNewCell is null ? 0 : Row(dNewCell, row)[c]) + (dState * o * (1 - (tanh * tanh)));
                result[c] = (float)(dNext * g * i * (1 - i));
                result[size + c] = (float)(dNext * Row(cell, row)[c] * f * (1 - f));
                result[(2 * size) + c] = (float)(dNext * i * (1 - (g * g)));
                result[(3 * size) + c] = (float)(dState * tanh * o * (1 - o));
                MutableRow(dCell, row)[c] = (float)(dNext * f);
            }
        }
    }

    /// <inheritdoc/>
    public override void GruStep(Tensor projected, Tensor hidden, Tensor state, Tensor gates, Tensor newState)
    {
        int size = state.Columns;
        for (int row = 0; row < state.Rows; row++)
        {
            ReadOnlySpan<float> p = Row(projected, row);
            ReadOnlySpan<float> q = Row(hidden, row);
            Span<float> kept = MutableRow(gates, row);
            for (int c = 0; c < size; c++)
            {
                double r = Logistic((double)p[c] + q[c]);
                double z = Logistic((double)p[size + c] + q[size + c]);
                double n = Math.Tanh(p[(2 * size) + c] + (r * q[(2 * size) + c]));
                (kept[c], kept[size + c], kept[(2 * size) + c]) = ((float)r, (float)z, (float)n);
                MutableRow(newState, row)[c] = (float)(((1 - z) * n) + (z * Row(state, row)[c]));
            }
        }
    }

    /// <inheritdoc/>
    public override void GruStepBackward(Tensor hidden, Tensor state, Tensor gates, Tensor dNewState, Tensor dProjected, Tensor dHidden, Tensor dState)
    {
        int size = state.Columns;
        for (int row = 0; row < state.Rows; row++)
        {
            ReadOnlySpan<float> kept = Row(gates, row);
            Span<float> p = MutableRow(dProjected, row);
            Span<float> q = MutableRow(dHidden, row);
            for (int c = 0; c < size; c++)
            {
                (double r, double z, double n) = (kept[c], kept[size + c], kept[(2 * size) + c]);
                double upstream = Row(dNewState, row)[c];
                double dCandidate = upstream * (1 - z) * (1 - (n * n));
                p[c] = q[c] = (float)(dCandidate * Row(hidden, row)[(2 * size) + c] * r * (1 - r));
                p[size + c] = q[size + c] = (float)(upstream * (Row(state, row)[c] - n) * z * (1 - z));
                p[(2 * size) + c] = (float)dCandidate;
                q[(2 * size) + c] = (float)(dCandidate * r);
                MutableRow(dState, row)[c] = (float)(upstream * z);
            }
        }
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
