namespace Heed.Cli.Demo.Words;

/// <summary>The spelling rules of French endings, and elision.</summary>
internal static class FrenchSpelling
{
    private static readonly HashSet<string> Elided = ["je", "me", "te", "se", "le", "la", "de", "ne", "que"];

    /// <summary>Whether a word is heard to start with a vowel; every "h" of the lexicon is mute.</summary>
    public static bool StartsWithVowel(string word) => "aeiouhàâéèêëîïôûùœ".Contains(word[0]);

    /// <summary>"chat" to "chats", "oiseau" to "oiseaux", "cheval" to "chevaux"; "souris" and "vieux" stay.</summary>
    public static string Plural(string word) => word switch
    {
        [.., 's' or 'x'] => word,
        [.., 'e', 'a', 'u'] => word + "x",
        [.., 'a', 'l'] => word[..^1] + "ux",
        _ => word + "s",
    };

    /// <summary>"le ami" to "l'ami", "ne a pas" to "n'a pas".</summary>
    public static string Elide(string text)
    {
        var words = text.Split(' ');
        for (var i = 0; i < words.Length - 1; i++)
        {
            words[i] = Elided.Contains(words[i]) && StartsWithVowel(words[i + 1]) ? words[i][..^1] + "'" : words[i] + " ";
        }

        return string.Concat(words);
    }
}
