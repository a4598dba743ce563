using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Tests.Metrics.PythonRules;

public sealed class PythonWhitespaceTests
{
    [Fact]
    public void The_characters_are_those_of_Python()
    {
        // All c with chr(c).isspace() in Python 3.11.
        int[] expected =
        [
            0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680,
            .. Enumerable.Range(0x2000, 11), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
        ];

        Assert.Equal(expected, Enumerable.Range(0, 0x10000).Where(c => PythonWhitespace.IsWhiteSpace((char)c)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t", "")]
    [InlineData(" one\u3000two\u001Fthree ", "one|two|three")]
    public void Words_are_what_stands_between(string text, string expected)
    {
        List<string> words = [];
        foreach (ReadOnlySpan<char> word in PythonWhitespace.Words(text))
        {
            words.Add(word.ToString());
        }

        Assert.Equal(expected, string.Join('|', words));
    }

    [Fact]
    public void Trimming_touches_the_end_only() => Assert.Equal(" a b", PythonWhitespace.TrimEnd(" a b\u001C\u2003\n"));
}
