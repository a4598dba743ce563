using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Attention of a recurrent decoder: one query for each sequence and step, its state. The sixth rung of the ladder.</summary>
/// <remarks>The kinds differ in how they score a memory row: by a small network (<see cref="BahdanauAttention"/>) or by a product (<see cref="LuongAttention"/>).</remarks>
public abstract class RecurrentAttention : Module
{
    /// <summary>The part of the scores that is the same for all queries, and the values.</summary>
    /// <param name="memory">[memory rows, memorySize].</param>
    public abstract KeyValues Project(Tensor memory);

    /// <summary>Attends with one query for each sequence.</summary>
    /// <param name="query">[sequences, querySize].</param>
    /// <param name="memory">What <see cref="Project"/> made of the memory.</param>
    /// <param name="sequences">The memory rows of each query; several queries may share rows.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>The context, [sequences, memorySize].</returns>
    public abstract Tensor Forward(Tensor query, KeyValues memory, Segments sequences, AttentionRecorder? recorder = null);
}
