using Heed.Text.IO;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads tokens that are found before anything else: the list "added_tokens", and the flags of one.</summary>
internal static class AddedTokensReader
{
    /// <summary>Reads the list, and adds names that the vocabulary lacks.</summary>
    public static AddedToken[] Read(JsonPlace? list, ref string?[] names)
    {
        var all = new List<string?>(names);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < names.Length; id++)
        {
            if (names[id] is { } name)
            {
                ids.TryAdd(name, id);
            }
        }

        var tokens = new List<AddedToken>();
        foreach (JsonPlace item in list?.Items() ?? [])
        {
            AddedToken token = Token(item, VocabularyReader.CheckedId(item.Get("id")));
            if (ids.TryGetValue(token.Content, out int known) && known != token.Id)
            {
                throw item.Error($"token {Excerpt.Quote(token.Content)} has id {token.Id} here and {known} in the vocabulary");
            }

            VocabularyReader.Set(all, token.Id, token.Content, item);
            tokens.Add(token);
        }

        names = [.. all];
        return [.. tokens];
    }

    /// <summary>Reads the flags of one token.</summary>
    public static AddedToken Token(JsonPlace place, int id)
    {
        JsonPlace content = place.Get("content");
        VocabularyReader.CheckLength(content.Text(), content);
        return new AddedToken(id, content.Text())
        {
            IsSpecial = place.Flag("special", false),
            StripsLeft = place.Flag("lstrip", false),
            StripsRight = place.Flag("rstrip", false),
            IsSingleWord = place.Flag("single_word", false),
            IsNormalized = place.Flag("normalized", !place.Flag("special", false)),
        };
    }
}
