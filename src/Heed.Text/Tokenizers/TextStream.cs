using Heed.Text.Tokenizers.Decoders;

namespace Heed.Text.Tokenizers;

/// <summary>
/// Decodes ids as a model makes them. Only whole characters come out: the bytes of one that several tokens make up are held
/// back. All parts joined are what <see cref="Tokenizer.Decode(ReadOnlySpan{int})"/> gives for all ids, except that no
/// spaces are cleaned up, since that would need to know what follows.
/// </summary>
/// <remarks>Made by <see cref="Tokenizer.CreateStream"/>. Not safe for threads: it belongs to one sequence.</remarks>
public sealed class TextStream
{
    private readonly Tokenizer tokenizer;
    private readonly bool keepSpecialTokens;
    private readonly Utf8Assembler assembler;
    private DecodeState state;

    internal TextStream(Tokenizer tokenizer, bool keepSpecialTokens)
    {
        this.tokenizer = tokenizer;
        this.keepSpecialTokens = keepSpecialTokens;
        assembler = new Utf8Assembler(tokenizer.Decoder.MarksEachByte);
    }

    /// <summary>Takes the next id.</summary>
    /// <param name="id">An id of the tokenizer.</param>
    /// <returns>The text that is now complete; often empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in the vocabulary.</exception>
    public string Append(int id)
    {
        tokenizer.CheckId(id);
        if (keepSpecialTokens || !tokenizer.IsSpecial(id))
        {
            tokenizer.Decoder.Append(id, ref state, assembler.Pending);
        }

        return assembler.Take(isLast: false);
    }

    /// <summary>Ends the sequence.</summary>
    /// <returns>What was held back: U+FFFD for bytes that never became a character.</returns>
    public string Finish() => assembler.Take(isLast: true);
}
