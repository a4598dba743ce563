using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.WordPiece;

public sealed class WordPieceModelTests
{
    private static readonly Tokenizer Tokenizer =
        SampleFiles.Read("vocab.txt", Encoding.UTF8.GetBytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\na\n##a\n##aa\ne\n,\n漢\n"));

    [Theory]
    [InlineData("unaffable", "un ##aff ##able")] // the example of docs/concepts/tokenizers.md
    [InlineData("UnAffable", "un ##aff ##able")]
    [InlineData("unaffably", "[UNK]")]
    [InlineData("aaaa", "a ##aa ##a")]
    [InlineData("éa,漢漢", "e ##a , 漢 漢")]
    [InlineData("[CLS]", "[UNK] [UNK] [UNK]")]
    [InlineData("##a", "[UNK] [UNK] a")]
    [InlineData("", "")]
    public void Takes_the_longest_piece_again_and_again(string text, string expected) => Assert.Equal(expected, SampleFiles.Pieces(Tokenizer, text));

    [Fact]
    public void Words_beyond_a_hundred_characters_are_unknown()
    {
        Assert.DoesNotContain("[UNK]", SampleFiles.Pieces(Tokenizer, new string('a', 100)), StringComparison.Ordinal);
        Assert.Equal("[UNK]", SampleFiles.Pieces(Tokenizer, new string('a', 101)));
    }

    [Fact]
    public void Special_tokens_go_around_and_between()
    {
        EncodedTextPair pair = Tokenizer.EncodePair("a", "e", new EncodeOptions { AddSpecialTokens = true });
        Assert.Equal([2, 8, 3, 11, 3], pair.Ids);
        Assert.Equal([0, 0, 0, 1, 1], pair.TypeIds);
    }

    [Fact]
    public void The_ids_of_the_special_tokens_are_known()
    {
        SpecialTokens special = Tokenizer.Special;
        Assert.Equal((0, 1, 2, 3, 4, SpecialTokens.None), (special.PadId, special.UnknownId, special.ClassificationId, special.SeparatorId, special.MaskId, special.BosId));
    }
}
