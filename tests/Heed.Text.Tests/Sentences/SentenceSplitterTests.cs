using Heed.Text.Sentences;

namespace Heed.Text.Tests.Sentences;

/// <summary>Where sentences end.</summary>
public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("He said \"stop.\" Then he left.", "He said \"stop.\"|Then he left.")]
    [InlineData("It works (mostly.) We test it.", "It works (mostly.)|We test it.")]
    [InlineData("Wait... what? Yes?! No.", "Wait... what?|Yes?!|No.")]
    [InlineData("J. Smith et al. Show 3.14 in Fig. 2. See e.g. The rest.", "J. Smith et al. Show 3.14 in Fig. 2.|See e.g. The rest.")]
    [InlineData("version 2.0 is out. it is small", "version 2.0 is out. it is small")]
    [InlineData("A heading\nA line. 10 more.", "A heading|A line.|10 more.")]
    [InlineData("Grüße. Überall.", "Grüße.|Überall.")]
    public void Sentences_are_divided(string text, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : expected.Split('|'), SentenceSplitter.Split(text));

    [Fact]
    public void Nothing_but_white_space_is_lost()
    {
        int seed = new Random().Next();
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => "aB1 .!?\"')\n"[random.Next(11)]));
            Assert.True(Visible(text) == Visible(string.Concat(SentenceSplitter.Split(text))), $"seed {seed}: {text}");
        }

        static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }
}
