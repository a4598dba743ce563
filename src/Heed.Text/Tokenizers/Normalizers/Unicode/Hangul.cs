namespace Heed.Text.Tokenizers.Normalizers.Unicode;

/// <summary>Korean syllables, which are made of their letters by arithmetic.</summary>
/// <remarks>The Unicode Standard, section 3.12, "Conjoining Jamo Behavior".</remarks>
internal static class Hangul
{
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeFirstTrail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    public static bool IsSyllable(int codePoint) => codePoint is >= FirstSyllable and < FirstSyllable + (Leads * Vowels * Trails);

    public static void Decompose(int syllable, List<int> output)
    {
        int index = syllable - FirstSyllable;
        output.Add(FirstLead + (index / (Vowels * Trails)));
        output.Add(FirstVowel + (index / Trails % Vowels));
        if (index % Trails != 0)
        {
            output.Add(BeforeFirstTrail + (index % Trails));
        }
    }

    public static bool TryCompose(int first, int second, out int composed)
    {
        (int lead, int vowel, int trail) = (first - FirstLead, second - FirstVowel, second - BeforeFirstTrail);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            composed = FirstSyllable + (((lead * Vowels) + vowel) * Trails);
            return true;
        }

        composed = first + trail;
        return IsSyllable(first) && (first - FirstSyllable) % Trails == 0 && trail is > 0 and < Trails;
    }
}
