using System.Text.RegularExpressions;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class WordSplitterTests
{
    [Theory]
    [InlineData(" Ein Mann.", " Ein| Mann|.")]
    [InlineData(" a  b", " a| | b")]
    [InlineData("    a", "   | a")]
    [InlineData(" a   ", " a|  | ")]
    [InlineData(" don't", " don|'|t")]
    [InlineData(" x12 3.5", " x|12| 3|.|5")]
    [InlineData("\t\n a", "\t\n| a")]
    [InlineData(" e\u0301te\u0301 🙂\uFE0F!", " e\u0301te\u0301| 🙂\uFE0F!")]
    [InlineData(" 日本語", " 日本語")]
    public void Text_is_split_into_words(string text, string words) => Assert.Equal(words, string.Join('|', Split(text)));

    [Fact]
    public void The_pattern_for_files_says_the_same()
    {
        for (ulong seed = 0; seed < 3000; seed++)
        {
            var random = new SplitMix64(seed);
            // .NET's patterns see UTF-16 units, and U+2581 in the text stands for a space in files.
            string text = string.Concat(RandomText.Next(ref random).Where(c => !char.IsSurrogate(c) && c != '▁'));
            var byPattern = Regex.Matches(text.Replace(' ', '▁'), WordSplitter.Pattern).Select(match => match.Value.Replace('▁', ' '));
            Assert.True(Split(text).SequenceEqual(byPattern), $"seed {seed}: {string.Join('|', Split(text))} and {string.Join('|', byPattern)}");
        }
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
