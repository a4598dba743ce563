using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Normalizers.Unicode;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the object "normalizer".</summary>
internal static class NormalizerReader
{
    private const double MostGrowth = 64;

    private static readonly NamedTypes<Normalizer> Types = new("normalizer", new()
    {
        ["BertNormalizer"] = Bert,
        ["ByteLevel"] = _ => new ByteLevelNormalizer(),
        ["Lowercase"] = _ => new LowercaseNormalizer(),
        ["NFC"] = _ => new UnicodeFormNormalizer(compatible: false, composes: true),
        ["NFD"] = _ => new UnicodeFormNormalizer(compatible: false, composes: false),
        ["NFKC"] = _ => new UnicodeFormNormalizer(compatible: true, composes: true),
        ["NFKD"] = _ => new UnicodeFormNormalizer(compatible: true, composes: false),
        ["Nmt"] = _ => new NmtNormalizer(),
        ["Precompiled"] = Precompiled,
        ["Prepend"] = place => new PrependNormalizer(VocabularyReader.CheckedText(place.Get("prepend"))),
        ["Replace"] = Replace,
        ["Sequence"] = place => new SequenceNormalizer([.. place.Get("normalizers").Items().Select(Read)]),
        ["Strip"] = place => new StripNormalizer(place.Flag("strip_left", true), place.Flag("strip_right", true)),
        ["StripAccents"] = _ => new StripAccentsNormalizer(),
    });

    public static Normalizer Read(JsonPlace place)
    {
        Normalizer normalizer = Types.Read(place);
        return normalizer.Growth <= MostGrowth ? normalizer : throw place.Error($"could make a text {normalizer.Growth:G3} times as long; {MostGrowth} times is the most that is done");
    }

    private static BertNormalizer Bert(JsonPlace place)
    {
        bool lowercase = place.Flag("lowercase", true);
        return new BertNormalizer(
            place.Flag("clean_text", true), place.Flag("handle_chinese_chars", true), place.Flag("strip_accents", lowercase), lowercase);
    }

    private static PrecompiledNormalizer Precompiled(JsonPlace place)
    {
        JsonPlace map = place.Get("precompiled_charsmap");
        try
        {
            return new PrecompiledNormalizer(CharacterMap.Parse(Convert.FromBase64String(map.Text())));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw map.Error($"not a precompiled character map in base64 ({e.Message})");
        }
    }

    private static Normalizer Replace(JsonPlace place)
    {
        JsonPlace pattern = place.Get("pattern");
        string content = place.Get("content").Text();
        if (pattern.Find("String") is { } literal)
        {
            return literal.Text().Length > 0 ? new ReplaceNormalizer(literal.Text(), content) : throw literal.Error("is empty");
        }

        // The one regular expression that files of real models hold: runs of spaces, in the T5 family.
        JsonPlace regex = pattern.Get("Regex");
        return regex.Text() switch
        {
            " {2,}" => new CollapseSpacesNormalizer(2, content),
            " +" => new CollapseSpacesNormalizer(1, content),
            _ => throw regex.Unknown("regular expression to replace", [" {2,}", " +"]),
        };
    }
}
