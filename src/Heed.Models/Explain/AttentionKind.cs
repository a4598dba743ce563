namespace Heed.Models.Explain;

/// <summary>The names of the attention an encoder-decoder model has; the <see cref="AttentionMap.Kind"/> of a map.</summary>
public static class AttentionKind
{
    /// <summary>Encoder self-attention: source tokens look at source tokens.</summary>
    public const string Encoder = "encoder";

    /// <summary>Decoder self-attention: decoder inputs look at decoder inputs up to and including themselves.</summary>
    public const string Decoder = "decoder";

    /// <summary>Cross-attention: decoder positions look at source tokens.</summary>
    public const string Cross = "cross";
}
