using System.Text;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the object "decoder".</summary>
internal sealed class DecoderReader(TokenTable table)
{
    private const int LongestReplacement = 16;

    private static readonly string[] Steps = ["ByteFallback", "ByteLevel", "Fuse", "Replace", "Strip"];
    private static readonly string[] Types = ["ByteFallback", "ByteLevel", "Fuse", "Metaspace", "Replace", "Sequence", "Strip", "WordPiece"];

    public TokenDecoder Read(JsonPlace? place)
    {
        if (place is not { } decoder)
        {
            return new JoiningDecoder(Bytes(Encoding.UTF8.GetBytes), separator: " ");
        }

        JsonPlace type = decoder.Get("type");
        switch (type.Text())
        {
            case "WordPiece":
                return new WordPieceDecoder(table, decoder.Find("prefix")?.Text() ?? "##", decoder.Flag("cleanup", true));
            case "Metaspace":
                return new MetaspaceDecoder(table, PreTokenizerReader.Mark(decoder), PreTokenizerReader.Scheme(decoder) != PrefixScheme.Never);
            case "Sequence":
                return Sequence(decoder.Get("decoders").Items());
            default:
                return Steps.Contains(type.Text()) ? Sequence([decoder]) : throw type.Unknown("decoder type", Types);
        }
    }

    /// <summary>The steps before "Fuse" work on each token and can be done beforehand; behind it only spaces at the start are left to drop.</summary>
    private JoiningDecoder Sequence(JsonPlace[] steps)
    {
        Func<string, string> rewrite = name => name;
        bool isByteLevel = false;
        bool hasBytes = false;
        bool isFused = false;
        int leadingSpaces = 0;
        foreach (JsonPlace step in steps)
        {
            JsonPlace type = step.Get("type");
            switch (type.Text())
            {
                case "Fuse":
                    isFused = true;
                    break;
                case "ByteLevel":
                    isByteLevel = true;
                    break;
                case "ByteFallback":
                    hasBytes = true;
                    break;
                case "Replace":
                    rewrite = Then(rewrite, Replace(step));
                    break;
                case "Strip" when isFused:
                    leadingSpaces += FusedStrip(step);
                    break;
                case "Strip":
                    rewrite = Then(rewrite, Strip(step));
                    break;
                default:
                    throw type.Unknown("decoder type", Steps);
            }
        }

        return new JoiningDecoder(Bytes(name => isByteLevel ? ByteSymbols.BytesOf(rewrite(name)) : Encoding.UTF8.GetBytes(rewrite(name)), hasBytes), leadingSpaces, marksEachByte: hasBytes);
    }

    private static Func<string, string> Then(Func<string, string> first, Func<string, string> second) => name => second(first(name));

    private static Func<string, string> Replace(JsonPlace step)
    {
        JsonPlace found = step.Get("pattern").Get("String");
        JsonPlace replacement = step.Get("content");
        string content = replacement.Text();
        if (content.Length > LongestReplacement)
        {
            throw replacement.Error($"has {content.Length} characters; {LongestReplacement} are read at most");
        }

        return found.Text().Length > 0
            ? name => name.Replace(found.Text(), content, StringComparison.Ordinal)
            : throw found.Error("is empty");
    }

    private static int FusedStrip(JsonPlace step)
    {
        if (step.Get("content").Text() != " " || step.Get("stop").Integer() != 0 || step.Get("start").Integer() < 0)
        {
            throw step.Error("behind \"Fuse\" only spaces at the start can be stripped: content \" \", stop 0");
        }

        return step.Get("start").Integer();
    }

    private static Func<string, string> Strip(JsonPlace step)
    {
        JsonPlace content = step.Get("content");
        (int start, int stop) = (step.Get("start").Integer(), step.Get("stop").Integer());
        if (content.Text().Length != 1)
        {
            throw content.Error($"expected one character, found {content.Excerpt()}");
        }

        char stripped = content.Text()[0];
        return name =>
        {
            int from = 0;
            while (from < start && from < name.Length && name[from] == stripped)
            {
                from++;
            }

            int to = name.Length;
            while (name.Length - to < stop && to > from && name[to - 1] == stripped)
            {
                to--;
            }

            return name[from..to];
        };
    }

    private TokenBytes Bytes(Func<string, byte[]> encode, bool hasBytes = false)
    {
        var bytes = new TokenBytes(table.Count);
        for (int id = 0; id < table.Count; id++)
        {
            bytes.Add(hasBytes && ByteToken.ValueOf(table.NameOf(id)) is { } value ? [value] : encode(table.NameOf(id) ?? ""));
        }

        return bytes;
    }
}
