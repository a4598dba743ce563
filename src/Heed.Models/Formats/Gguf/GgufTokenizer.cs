using Heed.Text.Tokenizers;

namespace Heed.Models.Formats.Gguf;

/// <summary>The tokenizer among a GGUF file's metadata, the keys <c>tokenizer.*</c>.</summary>
public static class GgufTokenizer
{
    private const string Prefix = "tokenizer.ggml.";
    private const string TemplateKey = "tokenizer.chat_template";

    /// <summary>Reads what a file says about its tokenizer.</summary>
    /// <param name="values">The metadata.</param>
    /// <returns>The lists and flags, not yet checked against each other; null if there is no tokenizer.</returns>
    /// <exception cref="ModelFileException">A key holds something of the wrong type.</exception>
    public static GgufVocabulary? Read(GgufMetadata values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.TextOrNull(Prefix + "model") is not { } model || model is "none" or "no_vocab")
        {
            return null;
        }

        return new GgufVocabulary
        {
            Model = model,
            PreTokenizer = values.TextOrNull(Prefix + "pre"),
            Tokens = values.TextsOrNull(Prefix + "tokens") ?? [],
            Scores = values.NumbersOrNull(Prefix + "scores") ?? [],
            TokenTypes = values.IntegersOrNull(Prefix + "token_type") ?? [],
            Merges = values.TextsOrNull(Prefix + "merges") ?? [],
            BosId = Id(values, model == "bert" ? "cls" : "bos") ?? Id(values, "bos"),
            EosId = Id(values, "eos"),
            UnknownId = Id(values, "unknown"),
            PaddingId = Id(values, "padding"),
            AddsBos = values.FlagOrNull(Prefix + "add_bos_token"),
            AddsEos = values.FlagOrNull(Prefix + "add_eos_token"),
            AddsSpacePrefix = values.FlagOrNull(Prefix + "add_space_prefix"),
            RemovesExtraSpaces = values.FlagOrNull(Prefix + "remove_extra_whitespaces"),
            CharacterMap = values.BytesOrNull(Prefix + "precompiled_charsmap") ?? [],
            ChatTemplate = values.TextOrNull(TemplateKey),
        };
    }

    /// <summary>The keys and values that a file has for a tokenizer.</summary>
    /// <param name="vocabulary">The tokenizer.</param>
    public static IEnumerable<(string Key, GgufValue Value)> Write(GgufVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        yield return (Prefix + "model", GgufValue.Of(vocabulary.Model));
        if (vocabulary.PreTokenizer is { } pre)
        {
            yield return (Prefix + "pre", GgufValue.Of(pre));
        }

        yield return (Prefix + "tokens", GgufValue.Of([.. vocabulary.Tokens]));
        if (!vocabulary.Scores.IsEmpty)
        {
            yield return (Prefix + "scores", GgufValue.Of([.. vocabulary.Scores]));
        }

        yield return (Prefix + "token_type", GgufValue.Of([.. vocabulary.TokenTypes]));
        if (!vocabulary.Merges.IsEmpty)
        {
            yield return (Prefix + "merges", GgufValue.Of([.. vocabulary.Merges]));
        }

        foreach ((string name, int? id) in ((string, int?)[])[("bos", vocabulary.BosId), ("eos", vocabulary.EosId), ("unknown", vocabulary.UnknownId), ("padding", vocabulary.PaddingId)])
        {
            if (id is { } known)
            {
                yield return (IdKey(name), GgufValue.Of((uint)known));
            }
        }

        foreach ((string name, bool? flag) in ((string, bool?)[])[("add_bos_token", vocabulary.AddsBos), ("add_eos_token", vocabulary.AddsEos), ("add_space_prefix", vocabulary.AddsSpacePrefix)])
        {
            if (flag is { } known)
            {
                yield return (Prefix + name, GgufValue.Of(known));
            }
        }

        if (vocabulary.ChatTemplate is { } template)
        {
            yield return (TemplateKey, GgufValue.Of(template));
        }
    }

    /// <summary>A special token's id; llama.cpp writes 2^32 - 1, or -1, where there is none.</summary>
    internal static int? Id(GgufMetadata values, string name) => values.Find(IdKey(name))?.ToInt64() is >= 0 and <= int.MaxValue and { } id ? (int)id : null;

    private static string IdKey(string name) => $"{Prefix}{name}_token_id";
}
