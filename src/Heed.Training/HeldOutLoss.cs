using Heed.Tensors.Memory;

namespace Heed.Training;

/// <summary>A loss on data that is kept from training: without dropout, every label counting the same, whatever batch it is in.</summary>
/// <param name="Sum">Over all labels, in nats.</param>
/// <param name="Labels">How many they are.</param>
internal readonly record struct HeldOutLoss(double Sum, long Labels)
{
    /// <summary>Nats per label; 0 where there are none.</summary>
    public double Mean => Sum / Math.Max(1, Labels);

    /// <summary>Measures a loss.</summary>
    /// <param name="objective">The model and its loss, without label smoothing.</param>
    /// <param name="batches">The data.</param>
    public static HeldOutLoss Of<TBatch>(Objective<TBatch> objective, IEnumerable<TBatch> batches)
    {
        double sum = 0;
        long labels = 0;
        foreach (TBatch batch in batches)
        {
            using TensorScope scope = TensorScope.Begin();
            int count = objective.LabelCount(batch);
            sum += (double)objective.Loss(batch, dropout: null).Item() * count;
            labels += count;
        }

        return new HeldOutLoss(sum, labels);
    }
}
