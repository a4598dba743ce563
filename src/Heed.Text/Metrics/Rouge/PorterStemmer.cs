using static Heed.Text.Metrics.Rouge.PorterWord;

namespace Heed.Text.Metrics.Rouge;

/// <summary>Strips the endings of English words, so that "connected" and "connection" compare as equal.</summary>
/// <remarks>
/// Porter, "An algorithm for suffix stripping" (1980), with the amendments of NLTK's PorterStemmer, which rouge_scorer
/// uses: a few irregular words; words of one or two letters stay; -ies and -ied keep the e in words of four letters; y
/// becomes i after a consonant only; -fulli, -logi and -bli; -alli is treated before the rest of step 2.
/// </remarks>
public static class PorterStemmer
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["sky"] = "sky", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["news"] = "news",
        ["innings"] = "inning", ["inning"] = "inning", ["outings"] = "outing", ["outing"] = "outing",
        ["cannings"] = "canning", ["canning"] = "canning", ["howe"] = "howe",
        ["proceed"] = "proceed", ["exceed"] = "exceed", ["succeed"] = "succeed",
    };

    // Of each list the first rule whose suffix fits decides, whether its condition holds or not.
    private static readonly (string Suffix, string Replacement)[] DoubleSuffixes =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string Suffix, string Replacement)[] AdjectiveSuffixes =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] LastSuffixes =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti", "ous", "ive", "ize",
    ];

    /// <summary>Returns the stem of a word in lower case.</summary>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Irregular.TryGetValue(word, out string? known))
        {
            return known;
        }

        if (word.Length <= 2)
        {
            return word;
        }

        word = RemovePlural(word);
        word = RemovePast(word);
        word = TurnFinalY(word);
        word = ReduceDoubleSuffix(word);
        word = Replace(word, AdjectiveSuffixes);
        word = RemoveLastSuffix(word);
        word = RemoveFinalE(word);
        return ReduceFinalL(word);
    }

    /// <summary>Step 1a.</summary>
    private static string RemovePlural(string word)
    {
        if (Ends(word, "ies"))
        {
            return word.Length == 4 ? word[..^1] : word[..^2];
        }

        if (Ends(word, "sses"))
        {
            return word[..^2];
        }

        return Ends(word, "s") && !Ends(word, "ss") ? word[..^1] : word;
    }

    /// <summary>Step 1b.</summary>
    private static string RemovePast(string word)
    {
        if (Ends(word, "ied"))
        {
            return word.Length == 4 ? word[..^1] : word[..^2];
        }

        if (Ends(word, "eed"))
        {
            return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        }

        int suffix = Ends(word, "ed") ? 2 : Ends(word, "ing") ? 3 : 0;
        if (suffix == 0 || !HasVowel(word.AsSpan(0, word.Length - suffix)))
        {
            return word;
        }

        return Repair(word[..^suffix]);
    }

    /// <summary>Gives a stem back the e, or takes the doubled letter, that its ending hid.</summary>
    private static string Repair(string stem)
    {
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz"))
        {
            return stem + "e";
        }

        if (EndsInDoubleConsonant(stem))
        {
            return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        }

        return Measure(stem) == 1 && EndsInShortSyllable(stem) ? stem + "e" : stem;
    }

    /// <summary>Step 1c.</summary>
    private static string TurnFinalY(string word) =>
        Ends(word, "y") && word.Length > 2 && IsConsonant(word, word.Length - 2) ? word[..^1] + "i" : word;

    /// <summary>Step 2.</summary>
    private static string ReduceDoubleSuffix(string word)
    {
        while (Ends(word, "alli") && Measure(word.AsSpan(0, word.Length - 4)) > 0)
        {
            word = word[..^2];
        }

        if (Ends(word, "logi")) // the l belongs to the stem, so that short ones like "geo" are treated too
        {
            return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        }

        return Replace(word, DoubleSuffixes);
    }

    /// <summary>Step 4.</summary>
    private static string RemoveLastSuffix(string word)
    {
        foreach (string suffix in LastSuffixes)
        {
            if (!Ends(word, suffix))
            {
                continue;
            }

            ReadOnlySpan<char> stem = word.AsSpan(0, word.Length - suffix.Length);
            bool remove = Measure(stem) > 1 && (suffix != "ion" || stem[^1] is 's' or 't');
            return remove ? stem.ToString() : word;
        }

        return word;
    }

    /// <summary>Step 5a.</summary>
    private static string RemoveFinalE(string word)
    {
        if (!Ends(word, "e"))
        {
            return word;
        }

        string stem = word[..^1];
        int measure = Measure(stem);
        return measure > 1 || (measure == 1 && !EndsInShortSyllable(stem)) ? stem : word;
    }

    /// <summary>Step 5b.</summary>
    private static string ReduceFinalL(string word) =>
        Ends(word, "ll") && Measure(word.AsSpan(0, word.Length - 1)) > 1 ? word[..^1] : word;

    private static string Replace(string word, (string Suffix, string Replacement)[] rules)
    {
        foreach ((string suffix, string replacement) in rules)
        {
            if (!Ends(word, suffix))
            {
                continue;
            }

            string stem = word[..^suffix.Length];
            return Measure(stem) > 0 ? stem + replacement : word;
        }

        return word;
    }

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);
}
