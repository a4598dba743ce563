using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Decoders;

/// <summary>Turns marks into spaces; the first token loses them where encoding puts one in front.</summary>
internal sealed class MetaspaceDecoder(TokenTable table, char mark, bool dropsFirst) : TokenDecoder
{
    public override void Append(int id, ref DecodeState state, List<byte> output)
    {
        string name = table.NameOf(id) ?? "";
        bool isFirst = state.Tokens++ == 0;
        string text = isFirst && dropsFirst ? name.Replace(mark.ToString(), "", StringComparison.Ordinal) : name.Replace(mark, ' ');
        output.AddRange(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
