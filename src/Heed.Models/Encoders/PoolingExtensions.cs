using Heed.Tensors;

namespace Heed.Models.Encoders;

/// <summary>Pooling: one vector for each sequence.</summary>
public static class PoolingExtensions
{
    /// <summary>Makes one vector of each sequence's states.</summary>
    /// <param name="pooling">How.</param>
    /// <param name="states">[tokens, dModel].</param>
    /// <param name="sequences">Where each sequence lies; none is empty.</param>
    /// <returns>[sequences, dModel].</returns>
    /// <exception cref="ArgumentException">A sequence is empty.</exception>
    public static Tensor Pool(this Pooling pooling, Tensor states, Segments sequences)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Lengths.Contains(0))
        {
            throw new ArgumentException($"sequence {sequences.Lengths.IndexOf(0)} is empty; there is nothing to pool", nameof(sequences));
        }

        return pooling switch
        {
            Pooling.First => Ops.Embedding(states, sequences.Starts.ToArray()),
            Pooling.Last => Ops.Embedding(states, LastRows(sequences)),
            Pooling.Mean => Ops.MatMul(Shares(states, sequences), states),
            _ => throw new ArgumentOutOfRangeException(nameof(pooling), pooling, "there is no such pooling"),
        };
    }

    private static int[] LastRows(Segments sequences)
    {
        int[] rows = sequences.Starts.ToArray();
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] += sequences.Lengths[i] - 1;
        }

        return rows;
    }

    // [sequences, tokens]: 1 / length where a token is of the sequence. A zero adds nothing, so neighbours change no bit.
    private static Tensor Shares(Tensor states, Segments sequences)
    {
        Tensor shares = Tensor.Zeros(new Shape(sequences.Count, states.Rows), states.Device);
        Span<float> values = shares.MutableValues();
        for (int i = 0; i < sequences.Count; i++)
        {
            values.Slice((i * states.Rows) + sequences.Starts[i], sequences.Lengths[i]).Fill(1f / sequences.Lengths[i]);
        }

        return shares;
    }
}
