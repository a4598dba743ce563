namespace Heed.Tensors.Devices;

/// <content>Softmax, normalisation and the loss: kernels that reduce along the last axis.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void Softmax(Tensor x, Tensor y)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            Span<float> result = MutableRow(y, row);
            double logSumExp = LogSumExp(values);
            for (int i = 0; i < values.Length; i++)
            {
                result[i] = (float)Math.Exp(values[i] - logSumExp);
            }
        }
    }

    /// <inheritdoc/>
    public override void SoftmaxBackward(Tensor y, Tensor dy, Tensor dx)
    {
        for (int row = 0; row < y.Rows; row++)
        {
            ReadOnlySpan<float> weights = Row(y, row);
            ReadOnlySpan<float> upstream = Row(dy, row);
            Span<float> result = MutableRow(dx, row);
            double dot = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                dot += (double)weights[i] * upstream[i];
            }

            for (int i = 0; i < weights.Length; i++)
            {
                result[i] = (float)(weights[i] * (upstream[i] - dot));
            }
        }
    }

    /// <inheritdoc/>
    public override void LogSoftmax(Tensor x, Tensor y)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            Span<float> result = MutableRow(y, row);
            double logSumExp = LogSumExp(values);
            for (int i = 0; i < values.Length; i++)
            {
                result[i] = (float)(values[i] - logSumExp);
            }
        }
    }

    /// <inheritdoc/>
    public override void LogSoftmaxBackward(Tensor y, Tensor dy, Tensor dx)
    {
        for (int row = 0; row < y.Rows; row++)
        {
            ReadOnlySpan<float> logs = Row(y, row);
            ReadOnlySpan<float> upstream = Row(dy, row);
            Span<float> result = MutableRow(dx, row);
            double sum = 0;
            foreach (float value in upstream)
            {
                sum += value;
            }

            for (int i = 0; i < logs.Length; i++)
            {
                result[i] = (float)(upstream[i] - (Math.Exp(logs[i]) * sum));
            }
        }
    }

    /// <inheritdoc/>
    public override void LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon, Tensor y, Tensor mean, Tensor inverseDeviation)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            Span<float> result = MutableRow(y, row);
            double average = 0;
            foreach (float value in values)
            {
                average += value;
            }

            average /= values.Length;
            double variance = 0;
            foreach (float value in values)
            {
                variance += (value - average) * (value - average);
            }

            double inverse = 1 / Math.Sqrt((variance / values.Length) + epsilon);
            for (int i = 0; i < values.Length; i++)
            {
                result[i] = (float)(((values[i] - average) * inverse * gain.Values[i]) + bias.Values[i]);
            }

            mean.MutableValues()[row] = (float)average;
            inverseDeviation.MutableValues()[row] = (float)inverse;
        }
    }

    /// <inheritdoc/>
    public override void LayerNormBackward(Tensor x, Tensor gain, Tensor mean, Tensor inverseDeviation, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias)
    {
        Span<float> gainGradient = dGain.MutableValues();
        Span<float> biasGradient = dBias.MutableValues();
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            ReadOnlySpan<float> upstream = Row(dy, row);
            Span<float> result = MutableRow(dx, row);
            double average = mean.Values[row];
            double inverse = inverseDeviation.Values[row];
            double sum = 0;
            double dot = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double normalized = (values[i] - average) * inverse;
                double scaled = (double)upstream[i] * gain.Values[i];
                sum += scaled;
                dot += scaled * normalized;
                gainGradient[i] += (float)(upstream[i] * normalized);
                biasGradient[i] += upstream[i];
            }

            for (int i = 0; i < values.Length; i++)
            {
                double normalized = (values[i] - average) * inverse;
                result[i] = (float)(inverse * (((double)upstream[i] * gain.Values[i]) - ((sum + (normalized * dot)) / values.Length)));
            }
        }
    }

    /// <inheritdoc/>
    public override void RmsNorm(Tensor x, Tensor gain, float epsilon, Tensor y, Tensor inverseRms)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            Span<float> result = MutableRow(y, row);
            double squares = 0;
            foreach (float value in values)
            {
                squares += (double)value * value;
            }

            double inverse = 1 / Math.Sqrt((squares / values.Length) + epsilon);
            for (int i = 0; i < values.Length; i++)
            {
                result[i] = (float)(values[i] * inverse * gain.Values[i]);
            }

            inverseRms.MutableValues()[row] = (float)inverse;
        }
    }

    /// <inheritdoc/>
    public override void RmsNormBackward(Tensor x, Tensor gain, Tensor inverseRms, Tensor dy, Tensor dx, Tensor dGain)
    {
        Span<float> gainGradient = dGain.MutableValues();
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            ReadOnlySpan<float> upstream = Row(dy, row);
            Span<float> result = MutableRow(dx, row);
            double inverse = inverseRms.Values[row];
            double dot = 0;
            for (int i = 0; i < values.Length; i++)
            {
                dot += (double)upstream[i] * gain.Values[i] * values[i] * inverse;
                gainGradient[i] += (float)(upstream[i] * values[i] * inverse);
            }

            for (int i = 0; i < values.Length; i++)
            {
                result[i] = (float)(inverse * (((double)upstream[i] * gain.Values[i]) - (values[i] * inverse * dot / values.Length)));
            }
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropy(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, Tensor logSumExp)
    {
        for (int row = 0; row < logits.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(logits, row);
            int target = targets.Span[row];
            double normalizer = LogSumExp(values);
            logSumExp.MutableValues()[row] = (float)normalizer;
            if (target == ignoredTarget)
            {
                losses.MutableValues()[row] = 0;
                continue;
            }

            double mean = 0;
            foreach (float value in values)
            {
                mean += value;
            }

            mean /= values.Length;
            double smoothed = smoothing == 0 ? 0 : smoothing * mean; // a logit of minus infinity makes the mean infinite, and 0 times it NaN
            losses.MutableValues()[row] = (float)(normalizer - ((1 - smoothing) * values[target]) - smoothed);
        }
    }

    /// <inheritdoc/>
    public override void CrossEntropyBackward(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor logSumExp, Tensor dLosses, Tensor dLogits)
    {
        for (int row = 0; row < logits.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(logits, row);
            Span<float> result = MutableRow(dLogits, row);
            int target = targets.Span[row];
            double upstream = target == ignoredTarget ? 0 : dLosses.Values[row];
            for (int i = 0; i < values.Length; i++)
            {
                double expected = (smoothing / values.Length) + (i == target ? 1 - smoothing : 0);
                result[i] = (float)(upstream * (Math.Exp(values[i] - logSumExp.Values[row]) - expected));
            }
        }
    }

    private static double LogSumExp(ReadOnlySpan<float> values)
    {
        double largest = double.NegativeInfinity;
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        double sum = 0;
        foreach (float value in values)
        {
            sum += Math.Exp(value - largest);
        }

        return largest + Math.Log(sum);
    }

    private static ReadOnlySpan<float> Row(Tensor x, int row) => x.Values.Slice(row * x.Columns, x.Columns);

    private static Span<float> MutableRow(Tensor x, int row) => x.MutableValues().Slice(row * x.Columns, x.Columns);
}
