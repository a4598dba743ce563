using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>Random strings that mix words of the training text with everything awkward in Unicode.</summary>
internal static class RandomText
{
    private static readonly string[] Fragments =
    [
        " ", "  ", "    ", "\t", "\n", "\r\n", "\u00A0", "\u3000", "\u200B", "\u2581", "\u2581\u2581", " \u2581", "\u2581 ", "</s>", "<pad>", "<0x41>", "<unk>",
        "e\u0301", "\u0301", " \u0301", "🙂", "👩‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "🇩🇪", "\0", "\u001F", "\uFFFD", "\uFFFF", "\uFEFF", "\U0010FFFF", "𝔘𝔫𝔦", "漢字", "かな",
        "العربية", "हिन्दी", "١٢٣", "½", "12", "3.14", "don't", "l'eau", "Ein", "Mann", " Ein Mann", "ein kleiner Hund", "low", "lower", "newest", "...", "?!", "x", "ß", "İ",
    ];

    /// <summary>Well-formed text, or text that may also hold lone surrogates.</summary>
    public static string Next(ref SplitMix64 random, bool loneSurrogates = false)
    {
        var text = new StringBuilder();
        int parts = (int)(random.NextUInt64() % 12);
        for (int i = 0; i < parts; i++)
        {
            ulong choice = random.NextUInt64() % 10;
            if (choice < 6)
            {
                text.Append(Fragments[random.NextUInt64() % (ulong)Fragments.Length]);
            }
            else if (choice == 6 && loneSurrogates)
            {
                text.Append((char)(0xD800 + (random.NextUInt64() % 0x800)));
            }
            else
            {
                text.Append(AnyRune(ref random));
            }
        }

        return text.ToString();
    }

    private static Rune AnyRune(ref SplitMix64 random)
    {
        ulong[] limits = [0x80, 0x800, 0x10000, 0x110000];
        uint value = (uint)(random.NextUInt64() % limits[random.NextUInt64() % 4]);
        return Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
    }
}
