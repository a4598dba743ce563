using System.Text;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>The cleaning of machine-translation text: control characters go, unusual white space becomes a space.</summary>
/// <remarks>The rules of Hugging Face's normalizer "Nmt", taken from SentencePiece's <c>nmt_nfkc</c>.</remarks>
internal sealed class NmtNormalizer : Normalizer
{
    public override string Normalize(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (IsRemoved(character))
            {
                continue;
            }

            result.Append(IsSpace(character) ? ' ' : character);
        }

        return result.ToString();
    }

    private static bool IsRemoved(char character) =>
        character is (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F';

    private static bool IsSpace(char character) =>
        character is '\t' or '\n' or '\f' or '\r' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581' or '\uFEFF' or '\uFFFD';
}
