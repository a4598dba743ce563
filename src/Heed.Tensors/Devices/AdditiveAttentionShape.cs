namespace Heed.Tensors.Devices;

/// <summary>Which rows each query of <see cref="Ops.AdditiveAttention"/> looks at, and where its weights stand.</summary>
/// <remarks>Weights are packed: those of the first query, then those of the second, whatever rows they belong to.</remarks>
public sealed class AdditiveAttentionShape
{
    private readonly int[] offsets;

    /// <summary>Lays the weights out.</summary>
    /// <param name="rows">The rows of each query; several queries may share rows.</param>
    public AdditiveAttentionShape(Segments rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Rows = rows;
        offsets = new int[rows.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Weights;
            Weights = checked(Weights + rows.Lengths[i]);
        }

        SharesRows = rows.MayOverlap && AnyOverlap(rows);
    }

    /// <summary>The rows of each query.</summary>
    public Segments Rows { get; }

    /// <summary>The number of all weights.</summary>
    public int Weights { get; }

    /// <summary>The place of each query's first weight.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <summary>Whether some row belongs to several queries, whose gradients must then be added one after another.</summary>
    public bool SharesRows { get; }

    private static bool AnyOverlap(Segments rows)
    {
        int[] starts = rows.Starts.ToArray();
        int[] lengths = rows.Lengths.ToArray();
        Array.Sort(starts, lengths);
        int end = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            if (lengths[i] > 0 && starts[i] < end)
            {
                return true;
            }

            end = Math.Max(end, starts[i] + lengths[i]);
        }

        return false;
    }
}
