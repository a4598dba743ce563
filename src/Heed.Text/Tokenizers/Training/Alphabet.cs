using System.Runtime.InteropServices;
using System.Text;

namespace Heed.Text.Tokenizers.Training;

/// <summary>Chooses the characters that become pieces of their own.</summary>
internal static class Alphabet
{
    /// <summary>
    /// The most frequent characters until <see cref="TokenizerOptions.CharacterCoverage"/> or the vocabulary is full, in
    /// code point order. Among equally frequent ones the smaller code point is chosen. U+2581 is left to the bytes: in
    /// files it means a space.
    /// </summary>
    public static Rune[] Choose((string Word, long Count)[] words, TokenizerOptions options)
    {
        var counts = new Dictionary<Rune, long>();
        long total = 0;
        foreach ((string word, long count) in words)
        {
            foreach (Rune rune in word.EnumerateRunes())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, rune, out _) += count;
                total += count;
            }
        }

        counts.Remove(new Rune(Vocabulary.SpaceMark));
        double needed = total * options.CharacterCoverage;
        long covered = 0;
        return [.. counts
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key)
            .Take(options.VocabSize - Vocabulary.FirstPieceId)
            .TakeWhile(entry => (covered += entry.Value) - entry.Value < needed)
            .Select(entry => entry.Key).Order()];
    }
}
