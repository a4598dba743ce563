using System.Text;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>
/// The printable character that stands for each byte in the vocabularies of byte-level tokenizers: the byte's own Latin-1
/// character where that is visible, else the next free one from U+0100. A space is shown as U+0120.
/// </summary>
/// <remarks>Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.2; the table is that of its published vocabulary.</remarks>
internal static class ByteSymbols
{
    private const int None = -1;

    private static readonly char[] SymbolOfByte = MakeSymbols();
    private static readonly int[] ByteOfSymbol = MakeBytes();

    public static char Of(byte value) => SymbolOfByte[value];

    /// <summary>The stand-ins of the UTF-8 bytes of a text.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        byte[] utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return Of(utf8);
    }

    /// <summary>The stand-ins of bytes, which need not be UTF-8.</summary>
    public static string Of(byte[] bytes) => string.Create(bytes.Length, bytes, static (symbols, source) =>
    {
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = SymbolOfByte[source[i]];
        }
    });

    /// <summary>The bytes a name of stand-ins means; the UTF-8 of the name itself where a character of it is no stand-in.</summary>
    public static byte[] BytesOf(string name)
    {
        byte[] bytes = new byte[name.Length];
        for (int i = 0; i < name.Length; i++)
        {
            int value = name[i] < ByteOfSymbol.Length ? ByteOfSymbol[name[i]] : None;
            if (value == None)
            {
                return Encoding.UTF8.GetBytes(name);
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static char[] MakeSymbols()
    {
        var symbols = new char[256];
        int free = 256;
        for (int value = 0; value < symbols.Length; value++)
        {
            bool isVisible = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            symbols[value] = (char)(isVisible ? value : free++);
        }

        return symbols;
    }

    private static int[] MakeBytes()
    {
        int[] bytes = new int[SymbolOfByte.Max() + 1];
        Array.Fill(bytes, None);
        for (int value = 0; value < SymbolOfByte.Length; value++)
        {
            bytes[SymbolOfByte[value]] = value;
        }

        return bytes;
    }
}
