using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Decoders;

/// <summary>Puts a space before each token, except before one that continues a word.</summary>
internal sealed class WordPieceDecoder(TokenTable table, string prefix, bool cleansUp) : TokenDecoder
{
    public override bool CleansUp => cleansUp;

    public override void Append(int id, ref DecodeState state, List<byte> output)
    {
        string name = table.NameOf(id) ?? "";
        bool continues = state.Tokens > 0 && name.StartsWith(prefix, StringComparison.Ordinal);
        if (state.Tokens++ > 0 && !continues)
        {
            output.Add((byte)' ');
        }

        output.AddRange(System.Text.Encoding.UTF8.GetBytes(continues ? name[prefix.Length..] : name));
    }
}
