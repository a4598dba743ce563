using System.Globalization;
using System.Text;
using Heed.Text.Tokenizers.Normalizers.Unicode;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>BERT's cleaning: no control characters, one kind of space, a space around each Chinese character, optionally no accents and no capitals.</summary>
/// <remarks>Devlin et al. 2019; the rules are those of its published tokenizer, in the order of Hugging Face's "BertNormalizer".</remarks>
internal sealed class BertNormalizer : Normalizer
{
    private readonly bool cleansText;
    private readonly bool spacesChinese;
    private readonly List<Normalizer> rest = [];

    public BertNormalizer(bool cleansText, bool spacesChinese, bool stripsAccents, bool lowercases)
    {
        this.cleansText = cleansText;
        this.spacesChinese = spacesChinese;
        Lowercases = lowercases;
        if (stripsAccents)
        {
            rest.Add(new UnicodeFormNormalizer(compatible: false, composes: false));
            rest.Add(new StripAccentsNormalizer());
        }

        if (lowercases)
        {
            rest.Add(new LowercaseNormalizer());
        }
    }

    public override bool Lowercases { get; }

    public override string Normalize(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Append(rune, cleaned);
        }

        return rest.Aggregate(cleaned.ToString(), (current, step) => step.Normalize(current));
    }

    private void Append(Rune rune, StringBuilder output)
    {
        if (cleansText && IsRemoved(rune))
        {
            return;
        }

        if (cleansText && Rune.IsWhiteSpace(rune))
        {
            output.Append(' ');
        }
        else if (spacesChinese && IsChinese(rune.Value))
        {
            output.Append(' ').Append(rune).Append(' ');
        }
        else
        {
            output.Append(rune);
        }
    }

    private static bool IsRemoved(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        0 or 0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned,
    };

    private static bool IsChinese(int codePoint) => codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
