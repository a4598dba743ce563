using Heed.Tensors;

namespace Heed.Models.Pretrained;

/// <summary>A tensor under its foreign name, made of one or several parameters.</summary>
internal sealed class ForeignTensor(string name, long[] shape)
{
    private readonly List<(Tensor Values, TensorLayout? Layout)> parts = [];

    public string Name { get; } = name;

    public long[] Shape { get; } = shape;

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    public void Add(Tensor values, TensorLayout? layout) => parts.Add((values, layout));

    /// <summary>The values in the foreign order.</summary>
    public ReadOnlyMemory<float> Read()
    {
        var foreign = new float[Count];
        foreach ((Tensor values, TensorLayout? layout) in parts)
        {
            if (layout is null)
            {
                values.Values.CopyTo(foreign);
            }
            else
            {
                layout.ToForeign(values.Values, foreign, values.Shape[0]);
            }
        }

        return foreign;
    }
}
