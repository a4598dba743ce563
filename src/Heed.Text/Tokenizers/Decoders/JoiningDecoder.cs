namespace Heed.Text.Tokenizers.Decoders;

/// <summary>Joins the bytes of the tokens.</summary>
/// <param name="bytes">The bytes of each id.</param>
/// <param name="leadingSpaces">Spaces dropped at the very start, at most.</param>
/// <param name="separator">What stands between two tokens.</param>
/// <param name="marksEachByte">Whether each malformed byte is marked.</param>
internal sealed class JoiningDecoder(TokenBytes bytes, int leadingSpaces = 0, string separator = "", bool marksEachByte = false) : TokenDecoder
{
    private readonly byte[] between = System.Text.Encoding.UTF8.GetBytes(separator);

    public override bool MarksEachByte => marksEachByte;

    public override void Append(int id, ref DecodeState state, List<byte> output)
    {
        if (state.Tokens++ > 0)
        {
            output.AddRange(between);
        }

        ReadOnlySpan<byte> token = bytes.Of(id);
        while (!state.HasText && state.Dropped < leadingSpaces && token.Length > 0 && token[0] == (byte)' ')
        {
            token = token[1..];
            state.Dropped++;
        }

        state.HasText |= token.Length > 0;
        output.AddRange(token);
    }
}
