using Heed.Text.Metrics.Tokenization;

namespace Heed.Text.Tests.Metrics.Tokenization;

// The expected words follow from the rules by hand; those with digits and punctuation were also run through the
// regular expressions of sacreBLEU in Python.
public sealed class BleuTokenizerTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("It's 3,000.50 dollars.", "It's 3,000.50 dollars .")]
    [InlineData("Version 2.", "Version 2 .")]
    [InlineData(".5 and 5.", ". 5 and 5 .")]
    [InlineData("a..5", "a . .5")]
    [InlineData("Wait...", "Wait . . .")]
    [InlineData("2019-2020 well-known", "2019 - 2020 well-known")]
    [InlineData("&lt;b&gt; &quot;x&quot; &amp;amp;", "< b > \" x \" & amp ;")]
    [InlineData("&amp;lt;", "<")]
    [InlineData("a<skipped>b", "ab")]
    [InlineData("hyphen-\nated line\nbreak", "hyphenated line break")]
    [InlineData("«Guillemets» – dash", "«Guillemets» – dash")] // only ASCII marks count
    [InlineData("\U0001F600, \U0001F600.", "\U0001F600 , \U0001F600 .")]
    [InlineData("  spaces\u00A0and\ttabs\u001C", "spaces and tabs")]
    [InlineData("a_b [c] {d} ~e` f/g", "a _ b [ c ] { d } ~ e ` f / g")]
    [InlineData("", "")]
    public void Mteval_13a(string text, string expected) => Assert.Equal(expected, BleuTokenizer.Mteval13a.Tokenize(text));

    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("3,000.50 costs 5€.", "3,000.50 costs 5 € .")]
    [InlineData("Version 2.", "Version 2.")] // the known flaw of mteval-v14 at the end of a line
    [InlineData("«Guillemets» – dash", "« Guillemets » – dash")]
    [InlineData("It's", "It ' s")]
    [InlineData("\u0967,\u0968 \U0001D7CF.\U0001D7D0", "\u0967,\u0968 \U0001D7CF.\U0001D7D0")] // digits of other scripts, and beyond 16 bits
    [InlineData("a\U00010100b", "a \U00010100 b")] // punctuation beyond 16 bits
    [InlineData("x\U0001F600y", "x \U0001F600 y")] // a symbol beyond 16 bits
    [InlineData("1+1=2", "1 + 1 = 2")]
    public void International(string text, string expected) => Assert.Equal(expected, BleuTokenizer.International.Tokenize(text));

    [Theory]
    [InlineData("ab c", "a b c")]
    [InlineData("中文\U0001F600", "中 文 \U0001F600")]
    public void Characters(string text, string expected) => Assert.Equal(expected, BleuTokenizer.Characters.Tokenize(text));

    [Fact]
    public void None_leaves_the_text_alone() => Assert.Equal(" a,  b ", BleuTokenizer.None.Tokenize(" a,  b "));

    [Fact]
    public void Half_a_character_is_kept_as_it_is()
    {
        string text = "a\uD83D. b\uDE00,";

        Assert.Equal("a\uD83D . b\uDE00 ,", BleuTokenizer.Mteval13a.Tokenize(text));
        Assert.Equal("a\uD83D . b\uDE00 ,", BleuTokenizer.International.Tokenize(text));
    }

    [Fact]
    public void A_long_line_is_tokenized_as_its_parts_are()
    {
        string line = string.Concat(Enumerable.Repeat("one, two; ", 300_000));

        string tokens = BleuTokenizer.Mteval13a.Tokenize(line);

        Assert.Equal(string.Concat(Enumerable.Repeat("one , two ; ", 300_000)).TrimEnd(), tokens);
        Assert.Equal("short .", BleuTokenizer.Mteval13a.Tokenize("short."));
    }

    [Fact]
    public void Names_find_their_tokenizers()
    {
        Assert.Equal(["13a", "intl", "char", "none"], BleuTokenizer.All.Select(tokenizer => tokenizer.Name));
        Assert.All(BleuTokenizer.All, tokenizer => Assert.Same(tokenizer, BleuTokenizer.FromName(tokenizer.Name)));
    }
}
