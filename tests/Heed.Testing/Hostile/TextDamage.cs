using System.Text;

namespace Heed.Testing.Hostile;

/// <summary>Damages a text at random places in ways that a parser gets past and a reader must notice.</summary>
internal static class TextDamage
{
    // Most are short, so that thousands of rounds stay quick; the long ones come once in a while.
    private static readonly byte[][] Short =
    [
        .. new[]
        {
            "", "0", "-1", "1", "3", "0.5", "-0.0", "1e308", "1e999", "-1e999", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807",
            "99999999999999999999999", "null", "true", "false", "~", "NaN", ".inf", "[]", "{}", "[[]]", "[null]", "{\"a\": 1}", "{\"\": 0}", "\"\"", "''", "\" \"", "\"a\"", "a", " ", "\t", "\n", "\0", "\"\\u0000\"",
            "\"\\ud800\"", "\\ud800", "\"\\", "&a [*a]", "*a", "&a", "!!binary x", "%", "--- a", "? :", "- -", ": :", "|", ">", "[", "]", "{", "}", ",", "é漢🙂", "\uFEFF", "\u2028", "../x", "/", ".",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ];

    private static readonly byte[][] Long =
    [
        .. new[]
        {
            new string('a', 100_000), "\"" + new string('a', 100_000) + "\"", new string('9', 20_000), new string('[', 20_000), string.Concat(Enumerable.Repeat("{\"a\":", 20_000)),
            string.Concat(Enumerable.Repeat("- ", 5_000)), string.Concat(Enumerable.Repeat("? ", 5_000)), new string('\n', 20_000), string.Concat(Enumerable.Repeat("[1],", 5_000)),
            "[" + string.Join(',', Enumerable.Range(0, 5_000)) + "]",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A copy of the text with one or two damages.</summary>
    public static byte[] Apply(byte[] whole, Random random)
    {
        byte[] text = Once(whole, random);
        return random.Next(3) == 0 ? Once(text, random) : text;
    }

    private static byte[] Once(byte[] text, Random random) => random.Next(8) switch
    {
        0 => Repeat(text, Piece(text, random, IsLineEnd), random),
        1 => Repeat(text, Piece(text, random, IsSeparator), random),
        2 => Replace(text, Piece(text, random, IsLineEnd), []),
        3 => Replace(text, Piece(text, random, IsSeparator), []),
        _ => Replace(text, Piece(text, random, IsWordEnd), random.Next(40) == 0 ? Long[random.Next(Long.Length)] : Short[random.Next(Short.Length)]),
    };

    private static bool IsLineEnd(byte value) => value == '\n';

    private static bool IsSeparator(byte value) => value is (byte)',' or (byte)'\n' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']';

    private static bool IsWordEnd(byte value) => IsSeparator(value) || value is (byte)':' or (byte)' ' or (byte)'\t';

    // The piece between two ends that a random place lies in.
    private static Range Piece(byte[] text, Random random, Func<byte, bool> isEnd)
    {
        int start = random.Next(text.Length + 1), end = start;
        while (start > 0 && !isEnd(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && !isEnd(text[end]))
        {
            end++;
        }

        return start..end;
    }

    private static byte[] Replace(byte[] text, Range piece, byte[] by) => [.. text[..piece.Start], .. by, .. text[piece.End..]];

    // Puts a piece in a second time, with the separator that ends it: keys appear twice, lists grow.
    private static byte[] Repeat(byte[] text, Range piece, Random random)
    {
        (int start, int length) = piece.GetOffsetAndLength(text.Length);
        byte[] separator = start > 0 && text[start - 1] == (byte)'\n' ? "\n"u8.ToArray() : ","u8.ToArray();
        byte[] once = [.. text.AsSpan(start, length), .. separator];
        return Replace(text, start..start, [.. Enumerable.Repeat(once, random.Next(10) == 0 ? 300 : 1).SelectMany(bytes => bytes)]);
    }
}
