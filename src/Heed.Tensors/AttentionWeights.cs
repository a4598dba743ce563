namespace Heed.Tensors;

/// <summary>The attention weights of one call, kept because somebody asked to see them.</summary>
/// <remarks>Memory grows with queries times keys, which is why <see cref="Ops.Attention"/> does not keep them otherwise.</remarks>
public sealed class AttentionWeights
{
    private readonly float[][,] maps;

    /// <summary>Makes room for the weights of one call of <see cref="Ops.Attention"/>.</summary>
    /// <param name="settings">The settings of that call.</param>
    public AttentionWeights(AttentionSettings settings)
    {
        NumHeads = settings.NumHeads;
        maps = new float[settings.Queries.Count * NumHeads][,];
        for (int sequence = 0; sequence < settings.Queries.Count; sequence++)
        {
            for (int head = 0; head < NumHeads; head++)
            {
                maps[(sequence * NumHeads) + head] = new float[settings.Queries.Lengths[sequence], settings.Keys.Lengths[sequence]];
            }
        }
    }

    /// <summary>The number of heads.</summary>
    public int NumHeads { get; }

    /// <summary>The weights of one sequence and head, [queries, keys]; each row sums to 1 (before dropout).</summary>
    /// <param name="sequence">Which sequence of the batch.</param>
    /// <param name="head">Which head.</param>
    public float[,] this[int sequence, int head] => maps[(sequence * NumHeads) + head];
}
