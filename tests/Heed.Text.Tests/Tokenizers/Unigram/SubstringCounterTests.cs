using System.Text;
using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Training;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tests.Tokenizers.Unigram;

public sealed class SubstringCounterTests
{
    [Fact]
    public void Counts_are_those_of_looking_everywhere()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new SplitMix64(seed);
            int longest = 2 + (int)(seed % 8);
            var entries = Enumerable.Range(0, 1 + (int)(seed % 7)).Select(_ => AllSplits.RandomWord(ref random, 1 + (int)(random.NextUInt64() % 12)))
                .Distinct().Select(word => (Word: word, Count: 1 + (long)(random.NextUInt64() % 3))).ToArray();
            var words = new TrainingWords(entries, [new Rune('a'), new Rune('b'), new Rune('c')]);

            Dictionary<string, long> expected = CountEverywhere(entries, longest);
            var found = new SubstringCounter(words, longest).Count(minCount: 2)
                .ToDictionary(item => string.Concat(words.CodePoints.AsSpan(item.Start, item.Length).ToArray().Select(c => (char)c)), item => item.Count);

            // What is listed is right, and what is not listed is always part of something longer that is.
            Assert.All(found, item => Assert.True(expected[item.Key] == item.Value, $"seed {seed}: {item}"));
            Assert.All(
                expected.Where(item => item.Value >= 2 && item.Key.Length >= 2 && !found.ContainsKey(item.Key)),
                item => Assert.True(found.Any(other => other.Key.StartsWith(item.Key, StringComparison.Ordinal) && other.Value == item.Value), $"seed {seed}: {item}"));
        }
    }

    private static Dictionary<string, long> CountEverywhere((string Word, long Count)[] entries, int longest)
    {
        var counts = new Dictionary<string, long>();
        foreach ((string word, long count) in entries)
        {
            for (int start = 0; start < word.Length; start++)
            {
                for (int length = 1; length <= Math.Min(longest, word.Length - start); length++)
                {
                    string part = word.Substring(start, length);
                    counts[part] = counts.GetValueOrDefault(part) + count;
                }
            }
        }

        return counts;
    }
}
