using Heed.Tensors.Memory;

namespace Heed.Training.Data.Texts;

/// <summary>Measures a loss over a whole text, window after window, without dropout.</summary>
internal static class WindowLoss
{
    /// <summary>The sum over all labels, in nats, and how many they are.</summary>
    /// <param name="objective">The model and its loss, without label smoothing.</param>
    /// <param name="text">The text.</param>
    /// <param name="batcher">What is asked about it.</param>
    /// <param name="windows">The windows and the batches.</param>
    public static (double Sum, long Labels) Of<TBatch>(Objective<TBatch> objective, TokenText text, WindowBatcher<TBatch> batcher, WindowOptions windows)
    {
        double sum = 0;
        long labels = 0;
        foreach (TBatch batch in PackedWindows<TBatch>.InOrder(text, batcher, windows))
        {
            using TensorScope scope = TensorScope.Begin();
            int count = objective.LabelCount(batch);
            sum += (double)objective.Loss(batch, dropout: null).Item() * count;
            labels += count;
        }

        return (sum, labels);
    }
}
