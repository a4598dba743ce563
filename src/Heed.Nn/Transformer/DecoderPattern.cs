using Heed.Nn.Attention;
using Heed.Tensors;

namespace Heed.Nn.Transformer;

/// <summary>The two attention patterns of a decoder.</summary>
/// <param name="Self">Which target tokens see which.</param>
/// <param name="Cross">Which target tokens see which source tokens.</param>
public sealed record DecoderPattern(AttentionPattern Self, AttentionPattern Cross)
{
    /// <summary>The pattern of training: each target sees itself causally and the whole of its source.</summary>
    /// <param name="targets">The target sequences.</param>
    /// <param name="sources">The source sequences, as many.</param>
    public static DecoderPattern Between(Segments targets, Segments sources) =>
        new(AttentionPattern.CausalWithin(targets), CrossAttention.Pattern(targets, sources));
}
