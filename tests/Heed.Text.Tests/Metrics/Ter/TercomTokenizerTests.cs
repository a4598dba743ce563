using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Ter;

public sealed class TercomTokenizerTests
{
    private static string Tokenize(string text, TerConfig config) => new TercomTokenizer(config).Tokenize(text);

    [Fact]
    public void Without_options_it_lowers_and_joins() => Assert.Equal("the end.", Tokenize(" The  End. ", new TerConfig()));

    [Theory]
    [InlineData("The dog's bone (it's 1.5-2 kg).", "the dog 's bone ( it 's 1.5 - 2 kg ) .")]
    [InlineData("end\n-of line\nnext", "endof line next")]
    [InlineData("a &lt; b &amp;&amp; c", "a < b & & c")]
    [InlineData("\"Quoted,\" he said.", "\" quoted , \" he said .")]
    public void Normalizing_splits_off_punctuation(string text, string expected) =>
        Assert.Equal(expected, Tokenize(text, new TerConfig { Normalized = true }));

    [Fact]
    public void Removing_punctuation_leaves_words() =>
        Assert.Equal("yes no it's - fine", Tokenize("Yes! (No;) it's - \"fine\".", new TerConfig { NoPunctuation = true }));

    [Fact]
    public void Asian_support_splits_ideographs_and_knows_their_marks()
    {
        const string Text = "東京、大阪。ひらがな・カタカナ！";
        var both = new TerConfig { Normalized = true, AsianSupport = true };

        Assert.Equal("東 京 、 大 阪 。 ひらがな ・ カタカナ ！", Tokenize(Text, both));
        Assert.Equal("東 京 大 阪 ひらがな カタカナ", Tokenize(Text, both with { NoPunctuation = true }));
        Assert.Equal("東京大阪ひらがなカタカナ", Tokenize(Text, new TerConfig { NoPunctuation = true, AsianSupport = true }));
        Assert.Equal(Text, Tokenize(Text, new TerConfig { Normalized = true }));
    }
}
