namespace Heed.Tensors;

/// <summary>
/// Where each sequence of a packed batch lies: sequences of different lengths stand one after another in the rows of
/// one matrix, without padding.
/// </summary>
/// <remarks>
/// Nothing is computed for padding because there is none, and a sequence's result cannot depend on its neighbours.
/// Every row-wise operation ignores the borders; only attention and the recurrent layers look at them.
/// </remarks>
public sealed class Segments
{
    private readonly int[] starts;
    private readonly int[] lengths;
    private int[]? rowPositions;

    private Segments(int[] starts, int[] lengths, int rows, bool mayOverlap = false)
    {
        this.starts = starts;
        this.lengths = lengths;
        Rows = rows;
        MayOverlap = mayOverlap;
        MaxLength = lengths.Length == 0 ? 0 : lengths.Max();
    }

    /// <summary>The number of sequences.</summary>
    public int Count => lengths.Length;

    /// <summary>The number of rows of the matrix that the sequences lie in.</summary>
    public int Rows { get; }

    /// <summary>The length of the longest sequence.</summary>
    public int MaxLength { get; }

    /// <summary>Whether a row may belong to several sequences, which rules gradients out.</summary>
    internal bool MayOverlap { get; }

    /// <summary>The first row of each sequence.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The number of rows of each sequence.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>Sequences one after another.</summary>
    /// <param name="lengths">The length of each.</param>
    public static Segments FromLengths(params ReadOnlySpan<int> lengths)
    {
        var starts = new int[lengths.Length];
        int row = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lengths[i]);
            starts[i] = row;
            row = checked(row + lengths[i]);
        }

        return new Segments(starts, lengths.ToArray(), row);
    }

    /// <summary>A batch of equally long sequences: the packed form of a [batch, time, ...] tensor.</summary>
    /// <param name="batch">How many sequences.</param>
    /// <param name="length">The length of each.</param>
    public static Segments Uniform(int batch, int length)
    {
        var lengths = new int[batch];
        Array.Fill(lengths, length);
        return FromLengths(lengths);
    }

    /// <summary>Sequences of which only a prefix counts: the packed view of a padded [batch, time, ...] tensor.</summary>
    /// <param name="paddedLength">The padded length that each sequence occupies.</param>
    /// <param name="lengths">How much of each is real.</param>
    public static Segments Padded(int paddedLength, params ReadOnlySpan<int> lengths)
    {
        var starts = new int[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 0 || lengths[i] > paddedLength)
            {
                throw new ShapeException($"Segments: length {lengths[i]} of sequence {i} is not within the padded length {paddedLength}");
            }

            starts[i] = i * paddedLength;
        }

        return new Segments(starts, lengths.ToArray(), lengths.Length * paddedLength);
    }

    /// <summary>Sequences anywhere in a matrix; several may be the same rows (the beams of one source sentence).</summary>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="starts">The first row of each sequence.</param>
    /// <param name="lengths">The length of each.</param>
    public static Segments At(int rows, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
    {
        if (starts.Length != lengths.Length)
        {
            throw new ShapeException($"Segments: {starts.Length} starts for {lengths.Length} lengths");
        }

        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] < 0 || lengths[i] < 0 || (long)starts[i] + lengths[i] > rows)
            {
                throw new ShapeException($"Segments: sequence {i} covers rows {starts[i]} to {(long)starts[i] + lengths[i]} of a matrix of {rows} rows");
            }
        }

        return new Segments(starts.ToArray(), lengths.ToArray(), rows, mayOverlap: true);
    }

    /// <summary>What <see cref="Positions"/> returns, made once for all readers.</summary>
    public ReadOnlyMemory<int> RowPositions => rowPositions ??= Positions();

    /// <summary>The position of every row within its own sequence, for sequences that lie one after another.</summary>
    public int[] Positions()
    {
        var positions = new int[Rows];
        for (int i = 0; i < Count; i++)
        {
            for (int t = 0; t < lengths[i]; t++)
            {
                positions[starts[i] + t] = t;
            }
        }

        return positions;
    }
}
