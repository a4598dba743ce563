using Heed.Tensors;

namespace Heed.Nn.Attention;

/// <summary>Collects the attention weights of a forward pass it is handed to, one set for each attention module.</summary>
/// <remarks>Without a recorder the weights are never held in memory.</remarks>
public sealed class AttentionRecorder
{
    private readonly Dictionary<Module, AttentionWeights> recorded = new(ReferenceEqualityComparer.Instance);

    /// <summary>The weights of one attention module, from its latest call.</summary>
    /// <param name="attention">The module, for example a decoder layer's cross-attention.</param>
    /// <exception cref="KeyNotFoundException">The module did not run with this recorder.</exception>
    public AttentionWeights this[Module attention] => recorded.TryGetValue(attention, out AttentionWeights? weights)
        ? weights
        : throw new KeyNotFoundException($"no weights of this {attention.GetType().Name} were recorded; hand the recorder to the forward pass that runs it");

    /// <summary>Makes room for a module's weights; called by attention modules.</summary>
    /// <param name="attention">The module.</param>
    /// <param name="settings">Its heads, queries and keys.</param>
    /// <returns>What the attention operation fills.</returns>
    public AttentionWeights Record(Module attention, AttentionSettings settings) => recorded[attention] = new AttentionWeights(settings);
}
