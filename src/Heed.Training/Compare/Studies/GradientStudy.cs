using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Autograd;

namespace Heed.Training.Compare.Studies;

/// <summary>How much of the loss's gradient reaches each source position: the norm at the embedding of each token.</summary>
/// <remarks>Bengio et al. 1994, "Learning long-term dependencies with gradient descent is difficult"; Pascanu et al. 2013, section 2.</remarks>
internal static class GradientStudy
{
    /// <summary>Measures one model on sequences of one length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="chart">The chart that the numbers belong to.</param>
    /// <param name="label">The architecture.</param>
    /// <returns>For each distance from the end of the source, the mean norm over the sequences, relative to the largest.</returns>
    public static IEnumerable<Measurement> Measure(Seq2SeqModel model, TokenBatch batch, string chart, string label)
    {
        var norms = new double[batch.Sources.Lengths.ToArray().Min()]; // distances that every sequence has
        model.SourceObserver = gradient => AddNorms(gradient, batch.Sources, norms);
        try
        {
            using Tape tape = Tape.Begin();
            tape.Backward(model.Loss(batch, labelSmoothing: 0, dropout: null));
        }
        finally
        {
            model.SourceObserver = null;
            model.ClearGradients();
        }

        double largest = norms.Max();
        for (int distance = 0; distance < norms.Length; distance++)
        {
            yield return new Measurement(chart, label, distance, norms[distance] / largest);
        }
    }

    private static void AddNorms(Tensor gradient, Segments sources, double[] norms)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            int last = sources.Starts[i] + sources.Lengths[i] - 1;
            for (int distance = 0; distance < norms.Length; distance++)
            {
                norms[distance] += Norm(gradient.RowRange(last - distance, 1).Values) / sources.Count;
            }
        }
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
