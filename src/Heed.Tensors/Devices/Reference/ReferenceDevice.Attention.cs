using Heed.Tensors.Random;

namespace Heed.Tensors.Devices;

/// <content>Scaled dot-product attention, by its definition: the whole matrix of weights, one row at a time.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void Attention(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, AttentionWeights? weights)
    {
        var shape = AttentionShape.Of(query, key, settings);
        Span<float> result = context.MutableValues();
        result.Clear();
        Span<float> normalizers = logSumExp.MutableValues();
        normalizers.Clear();
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < settings.NumHeads; head++)
            {
                for (int i = 0; i < settings.Queries.Lengths[sequence]; i++)
                {
                    int queryRow = settings.Queries.Starts[sequence] + i;
                    double[] row = WeightRow(query, key, shape, sequence, head, i, out double normalizer);
                    normalizers[(head * query.Rows) + queryRow] = (float)normalizer;
                    for (int j = 0; j < row.Length; j++)
                    {
                        if (weights is not null)
                        {
                            weights[sequence, head][i, j] = (float)row[j];
                        }

                        double kept = row[j] * shape.KeepFactor(sequence, i, head, j);
                        ReadOnlySpan<float> v = value.Values.Slice(shape.KeyOffset(sequence, j, head), shape.HeadDim);
                        Span<float> y = result.Slice(shape.QueryOffset(queryRow, head), shape.HeadDim);
                        for (int d = 0; d < shape.HeadDim; d++)
                        {
                            y[d] += (float)(kept * v[d]);
                        }
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void AttentionBackward(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, Tensor dContext, Tensor dQuery, Tensor dKey, Tensor dValue, Tensor? dDistanceBias)
    {
        var shape = AttentionShape.Of(query, key, settings);
        dQuery.MutableValues().Clear();
        dKey.MutableValues().Clear();
        dValue.MutableValues().Clear();
        Span<float> dBias = dDistanceBias is null ? [] : dDistanceBias.MutableValues();
        dBias.Clear();
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < settings.NumHeads; head++)
            {
                for (int i = 0; i < settings.Queries.Lengths[sequence]; i++)
                {
                    int queryRow = settings.Queries.Starts[sequence] + i;
                    int q = shape.QueryOffset(queryRow, head);
                    double[] row = WeightRow(query, key, shape, sequence, head, i, out _);
                    var dWeights = new double[row.Length];
                    double dot = 0;
                    for (int j = 0; j < row.Length; j++)
                    {
                        int k = shape.KeyOffset(sequence, j, head);
                        double keep = shape.KeepFactor(sequence, i, head, j);
                        for (int d = 0; d < shape.HeadDim; d++)
                        {
                            dWeights[j] += keep * dContext.Values[q + d] * value.Values[k + d];
                            dValue.MutableValues()[k + d] += (float)(keep * row[j] * dContext.Values[q + d]);
                        }

                        dot += row[j] * dWeights[j];
                    }

                    for (int j = 0; j < row.Length; j++)
                    {
                        int k = shape.KeyOffset(sequence, j, head);
                        double dBiased = row[j] * (dWeights[j] - dot);
                        if (dDistanceBias is not null)
                        {
                            dBias[shape.BiasOffset(sequence, i, head) + j] += (float)dBiased;
                        }

                        double dScore = dBiased * shape.Scale;
                        for (int d = 0; d < shape.HeadDim; d++)
                        {
                            dQuery.MutableValues()[q + d] += (float)(dScore * key.Values[k + d]);
                            dKey.MutableValues()[k + d] += (float)(dScore * query.Values[q + d]);
                        }
                    }
                }
            }
        }
    }

    private static double[] WeightRow(Tensor query, Tensor key, in AttentionShape shape, int sequence, int head, int i, out double normalizer)
    {
        var scores = new double[shape.Settings.Keys.Lengths[sequence]];
        (int first, int end) = shape.VisibleKeys(sequence, i);
        int q = shape.QueryOffset(shape.Settings.Queries.Starts[sequence] + i, head);
        double largest = double.NegativeInfinity;
        for (int j = first; j < end; j++)
        {
            int k = shape.KeyOffset(sequence, j, head);
            for (int d = 0; d < shape.HeadDim; d++)
            {
                scores[j] += (double)query.Values[q + d] * key.Values[k + d];
            }

            scores[j] *= shape.Scale;
            scores[j] += shape.Settings.DistanceBias is { } bias ? bias.Values[shape.BiasOffset(sequence, i, head) + j] : 0;
            largest = Math.Max(largest, scores[j]);
        }

        double sum = 0;
        for (int j = first; j < end; j++)
        {
            sum += Math.Exp(scores[j] - largest);
        }

        normalizer = first == end ? 0 : largest + Math.Log(sum);
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = j >= first && j < end ? Math.Exp(scores[j] - normalizer) : 0;
        }

        return scores;
    }
}
