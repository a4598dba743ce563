using Heed.Tensors.Random;

namespace Heed.Tensors.Devices;

/// <summary>
/// The plain definition of every kernel: scalar loops on one thread, sums in double precision. It is what all other devices
/// are tested against, and the place to read what a kernel computes.
/// </summary>
public sealed partial class ReferenceDevice : Device
{
    /// <inheritdoc/>
    public override string Description => "reference (scalar loops, one thread)";

    /// <inheritdoc/>
    public override void Copy(Tensor source, Tensor destination) => source.Values.CopyTo(destination.MutableValues());

    /// <inheritdoc/>
    public override void Fill(Tensor destination, float value) => destination.MutableValues().Fill(value);

    internal override void CopyStrided(Tensor source, in StridedCopy layout, Tensor destination, bool accumulate)
    {
        ReadOnlySpan<float> x = source.Values;
        Span<float> y = destination.MutableValues();
        Shape extents = layout.Extents;
        Span<int> index = stackalloc int[Shape.MaxRank];
        for (int element = 0; element < extents.Count; element++)
        {
            int from = layout.SourceOffset;
            int to = layout.DestinationOffset;
            for (int axis = 0; axis < extents.Rank; axis++)
            {
                from += index[axis] * layout.SourceStrides[axis];
                to += index[axis] * layout.DestinationStrides[axis];
            }

            y[to] = accumulate ? y[to] + x[from] : x[from];
            for (int axis = extents.Rank - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }

    /// <inheritdoc/>
    public override void Add(Tensor a, Tensor b, Tensor y) => Map(a, b, y, (u, v) => u + v);

    /// <inheritdoc/>
    public override void Subtract(Tensor a, Tensor b, Tensor y) => Map(a, b, y, (u, v) => u - v);

    /// <inheritdoc/>
    public override void Multiply(Tensor a, Tensor b, Tensor y) => Map(a, b, y, (u, v) => u * v);

    /// <inheritdoc/>
    public override void Scale(Tensor x, float factor, Tensor y) => Map(x, x, y, (u, _) => factor * u);

    /// <inheritdoc/>
    public override void AddScaled(Tensor x, float factor, Tensor y) => Map(x, y, y, (u, v) => v + (factor * u));

    /// <inheritdoc/>
    public override void AddRow(Tensor x, Tensor row, Tensor y)
    {
        ReadOnlySpan<float> values = x.Values;
        Span<float> result = y.MutableValues();
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = values[i] + row.Values[i % row.Count];
        }
    }

    /// <inheritdoc/>
    public override void SumRows(Tensor x, Tensor y, bool accumulate)
    {
        Span<float> result = y.MutableValues();
        for (int column = 0; column < result.Length; column++)
        {
            double sum = accumulate ? result[column] : 0;
            for (int i = column; i < x.Count; i += result.Length)
            {
                sum += x.Values[i];
            }

            result[column] = (float)sum;
        }
    }

    /// <inheritdoc/>
    public override void Sum(Tensor x, float factor, Tensor y)
    {
        double sum = 0;
        foreach (float value in x.Values)
        {
            sum += value;
        }

        y.MutableValues()[0] = (float)(sum * factor);
    }

    /// <inheritdoc/>
    public override double SumOfSquares(Tensor x)
    {
        double sum = 0;
        foreach (float value in x.Values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Dropout(Tensor x, float probability, ulong key, Tensor y)
    {
        ReadOnlySpan<float> values = x.Values;
        Span<float> result = y.MutableValues();
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = CounterRandom.Uniform(key, (uint)i) < probability ? 0 : values[i] * (1 / (1 - probability));
        }
    }

    /// <inheritdoc/>
    public override void AddDropout(Tensor residual, Tensor x, float probability, ulong key, Tensor y)
    {
        ReadOnlySpan<float> values = x.Values;
        ReadOnlySpan<float> addends = residual.Values;
        Span<float> result = y.MutableValues();
        for (int i = 0; i < values.Length; i++)
        {
            bool dropped = probability > 0 && CounterRandom.Uniform(key, (uint)i) < probability;
            result[i] = addends[i] + (dropped ? 0 : values[i] * (1 / (1 - probability)));
        }
    }

    private static void Map(Tensor a, Tensor b, Tensor y, Func<float, float, float> function)
    {
        ReadOnlySpan<float> left = a.Values;
        ReadOnlySpan<float> right = b.Values;
        Span<float> result = y.MutableValues();
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(left[i], right[i]);
        }
    }
}
