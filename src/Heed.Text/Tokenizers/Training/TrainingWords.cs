using System.Text;

namespace Heed.Text.Tokenizers.Training;

/// <summary>
/// The counted words as numbers, one after the other: the place of each character in the alphabet. A word is cut where a
/// character is not in the alphabet, since no piece can reach across it.
/// </summary>
internal sealed class TrainingWords
{
    private readonly List<int> characters = [];
    private readonly List<int> starts = [0];
    private readonly List<long> counts = [];

    public TrainingWords((string Word, long Count)[] words, Rune[] alphabet)
    {
        Alphabet = alphabet;
        var places = new Dictionary<Rune, int>(alphabet.Length);
        foreach (Rune rune in alphabet)
        {
            places.Add(rune, places.Count);
        }

        foreach ((string word, long count) in words)
        {
            foreach (Rune rune in word.EnumerateRunes())
            {
                if (places.TryGetValue(rune, out int place))
                {
                    characters.Add(place);
                }
                else
                {
                    EndWord(count);
                }
            }

            EndWord(count);
        }

        Characters = [.. characters];
    }

    public Rune[] Alphabet { get; }

    /// <summary>The characters of all words.</summary>
    public int[] Characters { get; }

    public int Count => counts.Count;

    /// <summary>Where a word starts in <see cref="Characters"/>; the last of these ends the last word.</summary>
    public int StartOf(int word) => starts[word];

    public long CountOf(int word) => counts[word];

    public ReadOnlySpan<int> CharactersOf(int word) => Characters.AsSpan(starts[word], starts[word + 1] - starts[word]);

    private void EndWord(long count)
    {
        if (characters.Count > starts[^1])
        {
            starts.Add(characters.Count);
            counts.Add(count);
        }
    }
}
