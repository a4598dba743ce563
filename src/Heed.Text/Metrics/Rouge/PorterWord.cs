namespace Heed.Text.Metrics.Rouge;

/// <summary>What Porter's rules ask of a word or a stem (Porter 1980, section 2).</summary>
internal static class PorterWord
{
    /// <summary>True for a letter other than a, e, i, o, u, and other than a y after a consonant.</summary>
    public static bool IsConsonant(ReadOnlySpan<char> word, int index)
    {
        switch (word[index])
        {
            case 'a' or 'e' or 'i' or 'o' or 'u':
                return false;
            case 'y':
                // In a row of y every other one is a consonant, counted from the letter before them.
                int first = index;
                while (first > 0 && word[first - 1] == 'y')
                {
                    first--;
                }

                bool firstIsConsonant = first == 0 || !IsConsonant(word, first - 1);
                return firstIsConsonant == ((index - first) % 2 == 0);
            default:
                return true;
        }
    }

    /// <summary>The measure m: how often a vowel is followed by a consonant.</summary>
    public static int Measure(ReadOnlySpan<char> stem)
    {
        int measure = 0;
        bool afterVowel = false;
        for (int i = 0; i < stem.Length; i++)
        {
            bool consonant = stem[i] == 'y' ? i == 0 || afterVowel : IsConsonant(stem, i);
            if (consonant && afterVowel)
            {
                measure++;
            }

            afterVowel = !consonant;
        }

        return measure;
    }

    /// <summary>Condition *v*: the stem has a vowel.</summary>
    public static bool HasVowel(ReadOnlySpan<char> stem)
    {
        for (int i = 0; i < stem.Length; i++)
        {
            if (!IsConsonant(stem, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Condition *d: the word ends in a doubled consonant.</summary>
    public static bool EndsInDoubleConsonant(ReadOnlySpan<char> word) =>
        word.Length >= 2 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    /// <summary>
    /// Condition *o: the word ends consonant, vowel, consonant, the last not w, x or y; a word of just a vowel and a
    /// consonant counts too.
    /// </summary>
    public static bool EndsInShortSyllable(ReadOnlySpan<char> word)
    {
        int last = word.Length - 1;
        if (last < 1 || !IsConsonant(word, last) || IsConsonant(word, last - 1))
        {
            return false;
        }

        return last == 1 || (IsConsonant(word, last - 2) && word[last] is not ('w' or 'x' or 'y'));
    }
}
