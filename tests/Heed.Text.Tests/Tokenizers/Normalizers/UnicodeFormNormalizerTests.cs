using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.Normalizers.Unicode;

namespace Heed.Text.Tests.Tokenizers.Normalizers;

public sealed class UnicodeFormNormalizerTests
{
    private static readonly Normalizer Nfc = new UnicodeFormNormalizer(compatible: false, composes: true);
    private static readonly Normalizer Nfd = new UnicodeFormNormalizer(compatible: false, composes: false);
    private static readonly Normalizer Nfkc = new UnicodeFormNormalizer(compatible: true, composes: true);
    private static readonly Normalizer Nfkd = new UnicodeFormNormalizer(compatible: true, composes: false);

    /// <summary>The examples of Unicode Standard Annex #15 (figures 3 to 6), and cases where an order or an exclusion matters.</summary>
    [Theory]
    [InlineData("\u00C5", "A\u030A", "\u00C5", "A\u030A", "\u00C5")]
    [InlineData("\u212B", "A\u030A", "\u00C5", "A\u030A", "\u00C5")]
    [InlineData("\u2126", "\u03A9", "\u03A9", "\u03A9", "\u03A9")]
    [InlineData("\u1E69", "s\u0323\u0307", "\u1E69", "s\u0323\u0307", "\u1E69")]
    [InlineData("\u1E0B\u0323", "d\u0323\u0307", "\u1E0D\u0307", "d\u0323\u0307", "\u1E0D\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307", "q\u0323\u0307", "q\u0323\u0307", "q\u0323\u0307")]
    [InlineData("\uFB01", "\uFB01", "\uFB01", "fi", "fi")]
    [InlineData("2\u2075", "2\u2075", "2\u2075", "25", "25")]
    [InlineData("\u1E9B\u0323", "\u017F\u0323\u0307", "\u1E9B\u0323", "s\u0323\u0307", "\u1E69")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("\u1100\u1161\u11A7", "\u1100\u1161\u11A7", "\uAC00\u11A7", "\u1100\u1161\u11A7", "\uAC00\u11A7")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165")]
    [InlineData("plain text", "plain text", "plain text", "plain text", "plain text")]
    public void The_four_forms(string text, string nfd, string nfc, string nfkd, string nfkc) =>
        Assert.Equal((nfd, nfc, nfkd, nfkc), (Nfd.Normalize(text), Nfc.Normalize(text), Nfkd.Normalize(text), Nfkc.Normalize(text)));

    [Fact]
    public void Normal_text_stays_as_it_is()
    {
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var random = new SplitMix64(seed);
            string text = RandomText.Next(ref random);
            foreach (Normalizer form in (Normalizer[])[Nfc, Nfd, Nfkc, Nfkd])
            {
                string once = form.Normalize(text);
                Assert.True(once == form.Normalize(once), $"seed {seed}");
            }

            Assert.True(Nfc.Normalize(text) == Nfc.Normalize(Nfd.Normalize(text)), $"seed {seed}");
        }
    }
}
