namespace Heed.Tensors.Devices;

/// <summary>Where the elements of a strided copy come from and go to. A stride of 0 repeats (source) or sums (destination).</summary>
internal readonly struct StridedCopy
{
    /// <summary>The lengths of the loops, outermost first.</summary>
    public required Shape Extents { get; init; }

    public required int[] SourceStrides { get; init; }

    public required int[] DestinationStrides { get; init; }

    public int SourceOffset { get; init; }

    public int DestinationOffset { get; init; }

    /// <summary>The same copy in the other direction: the backward pass.</summary>
    public StridedCopy Reversed() => new()
    {
        Extents = Extents,
        SourceStrides = DestinationStrides,
        DestinationStrides = SourceStrides,
        SourceOffset = DestinationOffset,
        DestinationOffset = SourceOffset,
    };

    /// <summary>The row-major strides of a shape.</summary>
    public static int[] RowMajor(Shape shape)
    {
        var strides = new int[shape.Rank];
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
