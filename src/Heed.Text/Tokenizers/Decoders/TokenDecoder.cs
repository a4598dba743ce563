namespace Heed.Text.Tokenizers.Decoders;

/// <summary>
/// Writes the bytes of ids one after the other. What an id becomes may depend on what went before it, never on what comes
/// after: so the same decoder serves a whole sequence and a stream.
/// </summary>
internal abstract class TokenDecoder
{
    /// <summary>
    /// Whether each byte that is not UTF-8 becomes a U+FFFD of its own, as SentencePiece has it, rather than one for each
    /// cut-off character.
    /// </summary>
    public virtual bool MarksEachByte => false;

    /// <summary>Whether spaces before punctuation are taken out of a whole text unless the caller says otherwise.</summary>
    public virtual bool CleansUp => false;

    /// <summary>Adds what an id becomes.</summary>
    public abstract void Append(int id, ref DecodeState state, List<byte> output);
}
