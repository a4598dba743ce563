namespace Heed.Models.Pretrained;

/// <summary>How a foreign checkpoint lays out what is a parameter here: the same numbers in other places.</summary>
/// <remarks>A parameter is seen as a matrix; a vector is one of a single column.</remarks>
internal abstract record TensorLayout
{
    /// <summary>The shape that the foreign tensor has for a parameter's shape.</summary>
    public abstract long[] ForeignShape(ReadOnlySpan<long> own);

    /// <summary>Where in the foreign tensor a parameter's element stands.</summary>
    /// <param name="row">The element's row.</param>
    /// <param name="column">The element's column.</param>
    /// <param name="rows">The parameter's rows.</param>
    /// <param name="columns">The parameter's columns.</param>
    protected abstract long PlaceOf(long row, long column, long rows, long columns);

    /// <summary>Takes a parameter's values out of a foreign tensor.</summary>
    public void FromForeign(ReadOnlySpan<float> foreign, Span<float> own, long rows)
    {
        long columns = own.Length / Math.Max(1, rows);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = foreign[(int)PlaceOf(i / columns, i % columns, rows, columns)];
        }
    }

    /// <summary>Puts a parameter's values into a foreign tensor.</summary>
    public void ToForeign(ReadOnlySpan<float> own, Span<float> foreign, long rows)
    {
        long columns = own.Length / Math.Max(1, rows);
        for (int i = 0; i < own.Length; i++)
        {
            foreign[(int)PlaceOf(i / columns, i % columns, rows, columns)] = own[i];
        }
    }
}

/// <summary>One of several equal parts of a tensor that is stored [inputs, outputs]: GPT-2's weights, its queries, keys and values in one.</summary>
/// <param name="Part">Which part of the outputs.</param>
/// <param name="Parts">How many there are; 1 is a transposed weight.</param>
internal sealed record TransposedPart(int Part, int Parts) : TensorLayout
{
    public override long[] ForeignShape(ReadOnlySpan<long> own) => own.Length == 1 ? [Parts * own[0]] : [own[1], Parts * own[0]];

    protected override long PlaceOf(long row, long column, long rows, long columns) => (column * Parts * rows) + (Part * rows) + row;
}

/// <summary>Heads whose rotary pairs are neighbours (llama2.c, and llama.cpp's LLaMA), where ours are a head's halves.</summary>
/// <param name="HeadDim">The width of a head.</param>
internal sealed record NeighbouringPairs(int HeadDim) : TensorLayout
{
    public override long[] ForeignShape(ReadOnlySpan<long> own) => own.ToArray();

    protected override long PlaceOf(long row, long column, long rows, long columns)
    {
        long head = row / HeadDim, place = row % HeadDim, half = HeadDim / 2;
        return (((head * HeadDim) + (2 * (place % half)) + (place / half)) * columns) + column;
    }
}
