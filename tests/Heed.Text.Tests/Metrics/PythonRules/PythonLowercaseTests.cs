using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Tests.Metrics.PythonRules;

// The expected texts are what Python 3.11 returns for str.lower.
public sealed class PythonLowercaseTests
{
    [Theory]
    [InlineData("Hello WORLD", "hello world")]
    [InlineData("ÄÖÜ ẞ Ñ", "äöü ß ñ")]
    [InlineData("İstanbul", "i̇stanbul")] // one capital becomes two code points
    [InlineData("I ı K Å", "i ı k å")]
    [InlineData("\U00010400 \U0001E900", "\U00010428 \U0001E922")] // letters beyond 16 bits
    [InlineData("a\uD83D", "a\uD83D")]
    public void Letters_are_mapped(string text, string expected) => Assert.Equal(expected, PythonLowercase.Lower(text));

    [Theory]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΣΑΣ ΣΑΣ.", "σας σας.")]
    [InlineData("Σ", "σ")] // no letter before
    [InlineData("Α.Σ", "α.ς")] // a period may stand inside a word
    [InlineData("Α.Σ.Α", "α.σ.α")]
    [InlineData("Α Σ", "α σ")]
    [InlineData("ΑΣ\u0301", "ας\u0301")] // marks are passed over
    [InlineData("ΑΣ\u0301Α", "ασ\u0301α")]
    [InlineData("\U00010400Σ", "\U00010428ς")]
    [InlineData("\U0001F600Σ", "\U0001F600σ")]
    public void A_sigma_at_the_end_of_a_word_is_final(string text, string expected) =>
        Assert.Equal(expected, PythonLowercase.Lower(text));
}
