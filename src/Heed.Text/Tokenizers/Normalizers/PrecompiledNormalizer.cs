using System.Buffers;
using System.Text;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Rewrites characters by a map that SentencePiece compiled, the longest rule first.</summary>
/// <remarks>Hugging Face's library asks the map for each grapheme by itself; the two agree where no rule reaches beyond one.</remarks>
internal sealed class PrecompiledNormalizer(CharacterMap map) : Normalizer
{
    public override string Normalize(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        var result = new ArrayBufferWriter<byte>(rest.Length + 16);
        while (rest.Length > 0)
        {
            int length = map.Longest(rest, out ReadOnlySpan<byte> rewritten);
            if (length == 0)
            {
                Rune.DecodeFromUtf8(rest, out _, out length);
                rewritten = rest[..length];
            }

            result.Write(rewritten);
            rest = rest[length..];
        }

        return Encoding.UTF8.GetString(result.WrittenSpan);
    }
}
