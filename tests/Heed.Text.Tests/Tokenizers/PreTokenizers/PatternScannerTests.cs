using System.Text;
using System.Text.RegularExpressions;
using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tests.Tokenizers.PreTokenizers;

public sealed class PatternScannerTests
{
    // .NET's engine sees UTF-16 units, so the comparison keeps to characters of one unit.
    private static readonly string[] Fragments =
    [
        " ", "  ", "\t", "\n", "\r\n", "a", "Bc", "ABC", "é", "ß", "漢字", "ʰ", "ǅ", "1", "23", "4567", "½", "Ⅳ", "'s", "'S", "'ll", "'RE", "'x", "'",
        "!", "?!", "/", "//", "_", "-", "\u0301", "\u00A0", "\u3000", "€", "don't", "We'VE", "ﬁ", "İ", "\u200B", "\u2028", "\u093E", "क", "\0", "\u001C", "\u0085",
    ];

    public static TheoryData<string> Names => [.. SplitPattern.All.Select(pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Finds_what_a_regular_expression_finds(string name)
    {
        SplitPattern pattern = Named(name);
        var regex = new Regex(pattern.Regex, RegexOptions.CultureInvariant);
        for (ulong seed = 0; seed < 2000; seed++)
        {
            string text = RandomText(seed);
            Assert.True(
                regex.Matches(text).Select(match => match.Value).SequenceEqual(Pieces(pattern, text)), $"{name}, seed {seed}: \"{text}\" gave {string.Join('|', Pieces(pattern, text))}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pattern_is_known_by_its_regular_expression(string name) => Assert.Same(Named(name), SplitPattern.OfRegex(Named(name).Regex));

    [Theory]
    [InlineData("gpt2", @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    [InlineData("gpt2", @"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s")]
    [InlineData("cl100k", @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s")]
    [InlineData("llama3", @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")]
    [InlineData("qwen2", @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")]
    public void The_spellings_of_published_files_are_known(string name, string regex) => Assert.Equal(name, SplitPattern.OfRegex(regex)?.Name);

    [Fact]
    public void A_pattern_that_is_only_similar_is_not_taken_for_a_known_one() => Assert.Null(SplitPattern.OfRegex(SplitPattern.Qwen2.Regex + "|x"));

    [Theory]
    [InlineData("gpt2", "We're 2 of 1234.", "We|'re| 2| of| 1234|.")] // the example of docs/concepts/tokenizers.md
    [InlineData("llama3", "We're 2 of 1234.", "We|'re| |2| of| |123|4|.")]
    [InlineData("gpt2", "Two  spaces", "Two| | spaces")]
    [InlineData("llama3", "WE'RE 1234\n\n x", "WE|'RE| |123|4|\n\n| x")]
    [InlineData("o200k", "camelCase HTMLPage's 漢字A", "camel|Case| HTMLPage's| 漢字|A")]
    [InlineData("qwen2", "x=12 \n", "x|=|1|2| \n")]
    [InlineData("gpt2", "𝒳𝒴 𝟏𝟐 😀😃", "𝒳𝒴| 𝟏𝟐| 😀😃")]
    public void Cuts_as_the_pattern_says(string name, string text, string expected) => Assert.Equal(expected.Split('|'), Pieces(Named(name), text));

    /// <summary>A million characters of what makes backtracking engines slow; each must be looked at a few times only.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Long_runs_take_no_longer_than_their_length(string name)
    {
        foreach (string run in (string[])["a", " ", "\n ", "A本'", "7", "'", "\u0301", "!\n"])
        {
            string text = string.Concat(Enumerable.Repeat(run, 1_000_000 / run.Length));
            var scanner = new PatternScanner(Named(name), text);
            int covered = 0;
            while (scanner.MoveNext())
            {
                Assert.True(scanner.Start == covered && scanner.End > covered);
                covered = scanner.End;
            }

            Assert.Equal(text.Length, covered);
        }
    }

    private static SplitPattern Named(string name) => SplitPattern.All.Single(pattern => pattern.Name == name);

    private static List<string> Pieces(SplitPattern pattern, string text)
    {
        var pieces = new List<string>();
        var scanner = new PatternScanner(pattern, text);
        while (scanner.MoveNext())
        {
            pieces.Add(text[scanner.Start..scanner.End]);
        }

        return pieces;
    }

    private static string RandomText(ulong seed)
    {
        var random = new SplitMix64(seed);
        var text = new StringBuilder();
        for (ulong parts = random.NextUInt64() % 12; parts > 0; parts--)
        {
            text.Append(Fragments[random.NextUInt64() % (ulong)Fragments.Length]);
        }

        return text.ToString();
    }
}
