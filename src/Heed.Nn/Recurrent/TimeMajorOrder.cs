using Heed.Tensors;

namespace Heed.Nn.Recurrent;

/// <summary>
/// The order in which a recurrent layer reads a packed batch: the first token of every sequence, then the second, and so on,
/// longer sequences first, so that those still running are always a prefix and none is padded.
/// </summary>
internal sealed class TimeMajorOrder
{
    private readonly int[] activeAt;

    public TimeMajorOrder(Segments segments, bool reversed)
    {
        int[] lengths = segments.Lengths.ToArray();
        Sequences = [.. Enumerable.Range(0, segments.Count).OrderByDescending(i => lengths[i])]; // a stable sort
        activeAt = [.. Enumerable.Range(0, segments.MaxLength).Select(t => lengths.Count(length => length > t))];
        Rows = new int[lengths.Sum()];
        int next = 0;
        for (int t = 0; t < activeAt.Length; t++)
        {
            for (int i = 0; i < activeAt[t]; i++)
            {
                int sequence = Sequences[i];
                Rows[next++] = segments.Starts[sequence] + (reversed ? lengths[sequence] - 1 - t : t);
            }
        }

        // Rows outside every sequence take what stands after the last token.
        Places = new int[segments.Rows];
        Array.Fill(Places, Rows.Length);
        for (int i = 0; i < Rows.Length; i++)
        {
            Places[Rows[i]] = i;
        }

        SequencePlaces = new int[Sequences.Length];
        for (int i = 0; i < Sequences.Length; i++)
        {
            SequencePlaces[Sequences[i]] = i;
        }
    }

    /// <summary>The number of steps.</summary>
    public int Steps => activeAt.Length;

    /// <summary>The packed row of each token in this order.</summary>
    public int[] Rows { get; }

    /// <summary>The place in this order of each packed row; the number of tokens for rows that are padding.</summary>
    public int[] Places { get; }

    /// <summary>Whether some packed rows are padding.</summary>
    public bool HasPadding => Rows.Length < Places.Length;

    /// <summary>The sequences, longest first.</summary>
    public int[] Sequences { get; }

    /// <summary>The place of each sequence in <see cref="Sequences"/>.</summary>
    public int[] SequencePlaces { get; }

    /// <summary>How many sequences have a token at a step.</summary>
    public int ActiveAt(int step) => step < activeAt.Length ? activeAt[step] : 0;
}
