using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Ter;

/// <summary>TER against the expectations of sacreBLEU's test_ter.py and test_tokenizer_ter.py.</summary>
public sealed class SacreBleuTerTests
{
    [Fact]
    public void Scores_agree()
    {
        SacreBleuCases cases = SacreBleuCases.Of("test_ter.py");
        cases.ForEach("test_cases", item => Assert.Equal(
            100 * item[2]!.GetValue<double>(),
            new TerMetric().Corpus(SacreBleuCases.Strings(item[0]), [SacreBleuCases.Strings(item[1])]).Value,
            cases.Tolerance));
    }

    [Theory]
    [InlineData("test_cases_default", false, false, false)]
    [InlineData("test_cases_no_punct", false, true, false)]
    [InlineData("test_cases_norm", true, false, false)]
    [InlineData("test_cases_asian", true, false, true)]
    public void Tokens_agree(string group, bool normalized, bool noPunctuation, bool asian)
    {
        var tokenizer = new TercomTokenizer(
            new TerConfig { Normalized = normalized, NoPunctuation = noPunctuation, AsianSupport = asian });
        SacreBleuCases.Of("test_tokenizer_ter.py").ForEach(
            group,
            item => Assert.Equal(item[1]!.GetValue<string>(), tokenizer.Tokenize(item[0]!.GetValue<string>())));
    }
}
