using Heed.Text.Metrics.Rouge;

namespace Heed.Text.Tests.Metrics.Rouge;

public sealed class PorterStemmerTests
{
    // The examples of Porter's paper (1980), section 2, where the later steps leave them as they are or as noted.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("cats", "cat")]
    [InlineData("feed", "feed")]
    [InlineData("agreed", "agre")] // agree, then step 5
    [InlineData("plastered", "plaster")]
    [InlineData("bled", "bled")]
    [InlineData("motoring", "motor")]
    [InlineData("sing", "sing")]
    [InlineData("conflated", "conflat")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("hissing", "hiss")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("rational", "ration")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("operator", "oper")]
    [InlineData("feudalism", "feudal")]
    [InlineData("hopefulness", "hope")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electrical", "electr")]
    [InlineData("revival", "reviv")]
    [InlineData("replacement", "replac")]
    [InlineData("adoption", "adopt")]
    [InlineData("communism", "commun")]
    [InlineData("probate", "probat")]
    [InlineData("rate", "rate")]
    [InlineData("cease", "ceas")]
    [InlineData("controlling", "control")]
    [InlineData("roll", "roll")]
    public void The_examples_of_the_paper_hold(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));

    // What NLTK changes.
    [Theory]
    [InlineData("dying", "die")]
    [InlineData("skies", "sky")]
    [InlineData("dies", "die")]
    [InlineData("flies", "fli")]
    [InlineData("died", "die")]
    [InlineData("spied", "spi")]
    [InlineData("enjoy", "enjoy")]
    [InlineData("by", "by")]
    [InlineData("fly", "fli")]
    [InlineData("geology", "geolog")]
    [InlineData("theology", "theolog")]
    [InlineData("hopefully", "hope")]
    [InlineData("conventionally", "convent")]
    [InlineData("using", "use")]
    [InlineData("is", "is")]
    public void The_amendments_of_NLTK_hold(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));

    [Theory]
    [InlineData("tree", 0)]
    [InlineData("by", 0)]
    [InlineData("trouble", 1)]
    [InlineData("oats", 1)]
    [InlineData("ivy", 1)]
    [InlineData("troubles", 2)]
    [InlineData("private", 2)]
    [InlineData("orrery", 2)]
    [InlineData("yyy", 1)] // consonant, vowel, consonant
    [InlineData("", 0)]
    public void The_measure_counts_vowels_before_consonants(string word, int measure) =>
        Assert.Equal(measure, PorterWord.Measure(word));

    [Fact]
    public void A_long_run_of_y_is_no_trouble()
    {
        // Letters take turns as consonants and vowels, so the last one turns into an i after a consonant.
        Assert.Equal(new string('y', 99_999) + "i", PorterStemmer.Stem(new string('y', 100_000)));
    }
}
