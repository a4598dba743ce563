namespace Heed.Tensors.Devices;

/// <content>Additive attention, by its definition.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void AdditiveAttention(Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor context)
    {
        for (int i = 0; i < shape.Rows.Count; i++)
        {
            int first = shape.Rows.Starts[i];
            var scores = new double[shape.Rows.Lengths[i]];
            for (int j = 0; j < scores.Length; j++)
            {
                for (int c = 0; c < score.Count; c++)
                {
                    scores[j] += score.Values[c] * Math.Tanh((double)Row(query, i)[c] + Row(keys, first + j)[c]);
                }
            }

            double largest = scores.DefaultIfEmpty().Max();
            double denominator = scores.Sum(value => Math.Exp(value - largest));
            var sum = new double[values.Columns];
            for (int j = 0; j < scores.Length; j++)
            {
                double weight = Math.Exp(scores[j] - largest) / denominator;
                weights.MutableValues()[shape.Offsets[i] + j] = (float)weight;
                for (int d = 0; d < sum.Length; d++)
                {
                    sum[d] += weight * Row(values, first + j)[d];
                }
            }

            Span<float> result = MutableRow(context, i);
            for (int d = 0; d < sum.Length; d++)
            {
                result[d] = (float)sum[d];
            }
        }
    }

    /// <inheritdoc/>
    public override void AdditiveAttentionBackward(
        Tensor query, Tensor keys, Tensor score, Tensor values, AdditiveAttentionShape shape, Tensor weights, Tensor dContext, Tensor dQuery, Tensor dKeys, Tensor dScore, Tensor dValues)
    {
        var scoreGradient = new double[score.Count];
        for (int i = 0; i < shape.Rows.Count; i++)
        {
            int first = shape.Rows.Starts[i];
            ReadOnlySpan<float> w = weights.Values.Slice(shape.Offsets[i], shape.Rows.Lengths[i]);
            var dWeights = new double[w.Length];
            double mean = 0;
            for (int j = 0; j < w.Length; j++)
            {
                Span<float> dValue = MutableRow(dValues, first + j);
                for (int d = 0; d < values.Columns; d++)
                {
                    dWeights[j] += (double)Row(dContext, i)[d] * Row(values, first + j)[d];
                    dValue[d] += w[j] * Row(dContext, i)[d];
                }

                mean += w[j] * dWeights[j];
            }

            var queryGradient = new double[score.Count];
            for (int j = 0; j < w.Length; j++)
            {
                double upstream = w[j] * (dWeights[j] - mean);
                Span<float> dKey = MutableRow(dKeys, first + j);
                for (int c = 0; c < score.Count; c++)
                {
                    double tanh = Math.Tanh((double)Row(query, i)[c] + Row(keys, first + j)[c]);
                    double change = upstream * score.Values[c] * (1 - (tanh * tanh));
                    scoreGradient[c] += upstream * tanh;
                    queryGradient[c] += change;
                    dKey[c] += (float)change;
                }
            }

            Span<float> dRow = MutableRow(dQuery, i);
            for (int c = 0; c < queryGradient.Length; c++)
            {
                dRow[c] = (float)queryGradient[c];
            }
        }

        Span<float> total = dScore.MutableValues();
        for (int c = 0; c < total.Length; c++)
        {
            total[c] += (float)scoreGradient[c];
        }
    }
}
