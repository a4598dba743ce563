using Heed.Training.Data.Preflight;

namespace Heed.Training.Tests.Data.Preflight;

public sealed class PlainWordsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(9999, "9999")]
    [InlineData(29_000, "29 thousand")]
    [InlineData(12_345, "12.3 thousand")]
    [InlineData(1_230_000, "1.2 million")]
    [InlineData(7e9, "7 billion")]
    public void Counts(double value, string expected) => Assert.Equal(expected, PlainWords.Count(value));

    [Theory]
    [InlineData(1, "1 MB")]
    [InlineData(340e6, "340 MB")]
    [InlineData(1.5e9, "1.5 GB")]
    public void Bytes(double value, string expected) => Assert.Equal(expected, PlainWords.Bytes(value));

    [Theory]
    [InlineData(0.4, "1 s")]
    [InlineData(89, "89 s")]
    [InlineData(90, "2 min")]
    [InlineData(3599, "1 h 0 min")]
    [InlineData(12_000, "3 h 20 min")]
    [InlineData(190_800, "2 days 5 h")]
    public void Durations(double value, string expected) => Assert.Equal(expected, PlainWords.Duration(value));

    [Theory]
    [InlineData(1, 3, "33%")]
    [InlineData(1, 70, "1.4%")]
    [InlineData(1, 3000, "0.033%")]
    public void Shares(double part, double whole, string expected) => Assert.Equal(expected, PlainWords.Share(part, whole));
}
