using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class TokenizerOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new TokenizerOptions().Validate();

    [Fact]
    public void Values_out_of_range_are_named()
    {
        Refused(new TokenizerOptions { Kind = "syllables" }, "\"syllables\" is not known; use one of ");
        Refused(new TokenizerOptions { VocabSize = 260 }, "vocabSize 260 is out of range");
        Refused(new TokenizerOptions { VocabSize = 2_000_000 }, "between 261 and 1000000");
        Refused(new TokenizerOptions { CharacterCoverage = 0 }, "characterCoverage 0");
        Refused(new TokenizerOptions { CharacterCoverage = double.NaN }, "characterCoverage NaN");
        Refused(new TokenizerOptions { MaxPieceLength = 0 }, "maxPieceLength 0");
        Refused(new TokenizerOptions { MinCount = 0 }, "minCount 0");
    }

    private static void Refused(TokenizerOptions options, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
}
