using System.Buffers;
using System.Text;

namespace Heed.Text.Tokenizers.Decoders;

/// <summary>Turns bytes that arrive in any portions into text, and holds back a character until it is whole.</summary>
/// <param name="marksEachByte">Whether a cut-off character of n bytes becomes n times U+FFFD, or one.</param>
internal sealed class Utf8Assembler(bool marksEachByte)
{
    /// <summary>Where bytes are added.</summary>
    public List<byte> Pending { get; } = [];

    /// <summary>Takes the text that is complete.</summary>
    /// <param name="isLast">Whether nothing follows, so that a cut-off character at the end is malformed.</param>
    public string Take(bool isLast)
    {
        Span<byte> bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Pending);
        var text = new StringBuilder(bytes.Length);
        int start = 0;
        while (start < bytes.Length)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes[start..], out Rune rune, out int consumed);
            if (status == OperationStatus.NeedMoreData && !isLast)
            {
                break;
            }

            if (status == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                text.Append('\uFFFD', marksEachByte ? consumed : 1);
            }

            start += consumed;
        }

        Pending.RemoveRange(0, start);
        return text.ToString();
    }
}
