namespace Heed.Cli.Demo.Words;

/// <summary>The spelling rules of English endings.</summary>
internal static class EnglishSpelling
{
    private const string Vowels = "aeiou";

    public static bool StartsWithVowel(string word) => Vowels.Contains(word[0]);

    /// <summary>"dog" to "dogs", "fox" to "foxes", "story" to "stories": plurals and the third person.</summary>
    public static string AddS(string word) => word switch
    {
        [.., 's' or 'x' or 'o'] or [.., 's' or 'c', 'h'] => word + "es",
        [.., var before, 'y'] when !Vowels.Contains(before) => word[..^1] + "ies",
        _ => word + "s",
    };

    /// <summary>"open" to "opening", "write" to "writing", "lie" to "lying", "sit" to "sitting".</summary>
    public static string AddIng(string verb) => verb switch
    {
        [.., 'i', 'e'] => verb[..^2] + "ying",
        [.., not 'e', 'e'] => verb[..^1] + "ing",
        [.., var before, var vowel, var last] when DoublesLast(verb, before, vowel, last) => verb + last + "ing",
        _ => verb + "ing",
    };

    private static bool DoublesLast(string verb, char before, char vowel, char last) =>
        !Vowels.Contains(before) && Vowels.Contains(vowel) && !Vowels.Contains(last) && last is not ('w' or 'x' or 'y')
        && verb.Count(letter => Vowels.Contains(letter)) == 1;
}
