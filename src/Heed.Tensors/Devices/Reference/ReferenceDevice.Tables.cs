namespace Heed.Tensors.Devices;

/// <content>Embedding look-ups, rotary positions and the optimisers' steps.</content>
public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void GatherRows(Tensor table, ReadOnlyMemory<int> ids, float factor, Tensor y)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            ReadOnlySpan<float> row = Row(table, ids.Span[i]);
            Span<float> result = MutableRow(y, i);
            for (int column = 0; column < row.Length; column++)
            {
                result[column] = factor * row[column];
            }
        }
    }

    /// <inheritdoc/>
    public override void ScatterAddRows(Tensor x, ReadOnlyMemory<int> ids, float factor, Tensor table)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            ReadOnlySpan<float> row = Row(x, i);
            Span<float> result = MutableRow(table, ids.Span[i]);
            for (int column = 0; column < row.Length; column++)
            {
                result[column] += factor * row[column];
            }
        }
    }

    /// <inheritdoc/>
    public override void Rotate(Tensor x, ReadOnlyMemory<int> positions, RotaryFrequencies frequencies, bool inverse, Tensor y)
    {
        int headDim = frequencies.HeadDim;
        int half = headDim / 2;
        for (int row = 0; row < x.Rows; row++)
        {
            ReadOnlySpan<float> values = Row(x, row);
            Span<float> result = MutableRow(y, row);
            for (int i = 0; i < values.Length; i++)
            {
                int pair = i % headDim % half;
                bool second = i % headDim >= half;
                double angle = positions.Span[row] * frequencies.Speeds[pair] * (inverse ? -1 : 1);
                double partner = second ? values[i - half] : -values[i + half];
                result[i] = (float)((values[i] * Math.Cos(angle)) + (partner * Math.Sin(angle)));
            }
        }
    }

    /// <inheritdoc/>
    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, in AdamStep step)
    {
        Span<float> weights = parameter.MutableValues();
        Span<float> first = firstMoment.MutableValues();
        Span<float> second = secondMoment.MutableValues();
        for (int i = 0; i < weights.Length; i++)
        {
            double g = gradient.Values[i] * step.GradientScale;
            first[i] = (float)((step.Beta1 * first[i]) + ((1 - step.Beta1) * g));
            second[i] = (float)((step.Beta2 * second[i]) + ((1 - step.Beta2) * g * g));
            double decayed = weights[i] * (1 - (step.LearningRate * step.WeightDecay));
            double update = first[i] / step.BiasCorrection1 / (Math.Sqrt(second[i] / step.BiasCorrection2) + step.Epsilon);
            weights[i] = (float)(decayed - (step.LearningRate * update));
        }
    }

    /// <inheritdoc/>
    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, in SgdStep step)
    {
        Span<float> weights = parameter.MutableValues();
        for (int i = 0; i < weights.Length; i++)
        {
            double g = (gradient.Values[i] * step.GradientScale) + (step.WeightDecay * weights[i]);
            if (velocity is not null)
            {
                Span<float> v = velocity.MutableValues();
                v[i] = (float)((step.Momentum * v[i]) + g);
                g = v[i];
            }

            weights[i] = (float)(weights[i] - (step.LearningRate * g));
        }
    }

    /// <inheritdoc/>
    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor sumOfSquares, in AdagradStep step)
    {
        Span<float> weights = parameter.MutableValues();
        Span<float> squares = sumOfSquares.MutableValues();
        for (int i = 0; i < weights.Length; i++)
        {
            double g = gradient.Values[i] * step.GradientScale;
            squares[i] = (float)(squares[i] + (g * g));
            weights[i] = (float)(weights[i] - (step.LearningRate * g / (Math.Sqrt(squares[i]) + step.Epsilon)));
        }
    }
}
