using Heed.Nn;
using Heed.Tensors;

namespace Heed.Training.Checkpoints;

/// <summary>Averages the weights of several checkpoints of one run into a model that is usually better than each.</summary>
/// <remarks>Vaswani et al. 2017, section 6.1, average the last checkpoints; here it is the best ones.</remarks>
public static class CheckpointAveraging
{
    /// <summary>Sets the model's weights to the mean of some checkpoints.</summary>
    /// <param name="store">The run's checkpoints.</param>
    /// <param name="steps">Which ones; at least one.</param>
    /// <param name="model">Receives the mean.</param>
    public static void Average(CheckpointStore store, IReadOnlyList<int> steps, Module model)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfZero(steps.Count);
        IReadOnlyList<NamedParameter> parameters = model.NamedParameters();
        var sums = new double[parameters.Count][];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = new double[parameters[i].Tensor.Count];
        }

        foreach (int step in steps)
        {
            store.LoadWeights(step, model);
            for (int i = 0; i < sums.Length; i++)
            {
                ReadOnlySpan<float> values = parameters[i].Tensor.Values;
                for (int j = 0; j < values.Length; j++)
                {
                    sums[i][j] += values[j];
                }
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            Span<float> values = parameters[i].Tensor.MutableValues();
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = (float)(sums[i][j] / steps.Count);
            }
        }
    }
}
