using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.SentencePiece;

public sealed class SentencePieceTests
{
    [Fact]
    public void Byte_pairs_of_the_highest_score_are_joined_first_and_equal_ones_from_the_left()
    {
        byte[] model = new SentencePieceBytes(isBpe: true).Piece("▁", -9).Piece("a", -9).Piece("b", -9).Piece("ab", -2).Piece("ba", -1).Piece("aa", -2).ToArray();
        Assert.Equal("▁ a ba", Pieces(model, "aba"));
        Assert.Equal("▁ aa ab", Pieces(model, "aaab"));
        Assert.Equal("▁ aa a", Pieces(model, "aaa"));
    }

    [Fact]
    public void The_unigram_model_takes_the_most_probable_split()
    {
        byte[] model = new SentencePieceBytes(isBpe: false).Piece("▁", -2).Piece("a", -2).Piece("b", -3).Piece("ab", -4).Piece("▁a", -3).ToArray();
        Assert.Equal("▁ ab", Pieces(model, "ab")); // -2 - 4 equals -3 - 3; the longer last piece is taken
        Assert.Equal("▁a a", Pieces(model, "aa"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_user_defined_piece_is_never_split_or_joined(bool isBpe)
    {
        byte[] model = new SentencePieceBytes(isBpe).Piece("▁", -1).Piece("x", -1).Piece("xx", -1).Piece("<x>", 0, type: 4).ToArray();
        Assert.Equal("▁ xx <x> xx", Pieces(model, "xx<x>xx"));
        Assert.Equal("<x>", Load(model).Decode(Load(model).Encode("<x>")));
    }

    [Fact]
    public void A_run_of_unknown_characters_is_one_unknown_token_or_all_its_bytes()
    {
        byte[] without = new SentencePieceBytes(isBpe: true).Piece("▁", -1).Piece("a", -1).ToArray();
        Assert.Equal("▁ <unk> a <unk>", Pieces(without, "zzaz"));
        byte[] with = new SentencePieceBytes(isBpe: true, byteFallback: true).Piece("▁", -1).ToArray();
        Assert.Equal("▁ <0xC3> <0xA9>", Pieces(with, "é"));
    }

    [Fact]
    public void Names_of_control_and_byte_pieces_in_a_text_are_text()
    {
        byte[] model = new SentencePieceBytes(isBpe: false, byteFallback: true).Piece("▁", -1).ToArray();
        Tokenizer tokenizer = Load(model);
        foreach (string text in (string[])["</s>", "<0x41>", "<unk>"])
        {
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void Extra_spaces_go_only_where_the_model_says_so()
    {
        byte[] tidy = new SentencePieceBytes(isBpe: true).Piece("▁", -1).Piece("a", -1).ToArray();
        Assert.Equal("▁ a ▁ a", Pieces(tidy, "  a   a "));
        byte[] exact = new SentencePieceBytes(isBpe: true, removeExtraSpaces: false).Piece("▁", -1).Piece("a", -1).ToArray();
        Assert.Equal("▁ ▁ a ▁ ▁ a ▁", Pieces(exact, " a  a "));
        Assert.Equal(" a  a ", Load(exact).Decode(Load(exact).Encode(" a  a ")));
    }

    [Fact]
    public void A_piece_of_100_kilobytes_is_refused_by_name()
    {
        byte[] model = new SentencePieceBytes(isBpe: false).Piece(new string('a', 100_000), -1).ToArray();
        Assert.Contains("piece 3 \"aaaa", Assert.Throws<InvalidDataException>(() => Load(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_pieces_are_refused()
    {
        Refused(new SentencePieceBytes(isBpe: true).Piece([0xC3], -1).ToArray(), "not valid UTF-8");
        Refused(new SentencePieceBytes(isBpe: true).Piece("", -1).ToArray(), "a piece \"\"");
        Refused(new SentencePieceBytes(isBpe: true).Piece("a", float.NaN).ToArray(), "score NaN");
        Refused(new SentencePieceBytes(isBpe: true).Piece("a", -1).Piece("a", -2).ToArray(), "is also piece 3");
        Refused(new SentencePieceBytes(isBpe: true).Piece("a", -1, type: 9).ToArray(), "type 9");
        Refused(new SentencePieceBytes(isBpe: true).Piece("a", -1, type: 6).ToArray(), "not like <0x00>");
        Refused(new SentencePieceBytes(isBpe: true).Characters([1, 2]).ToArray(), "precompiled_charsmap");
        Refused(new SentencePieceBytes(isBpe: true).Characters([0xFF, 0xFF, 0xFF, 0xFF, 0]).ToArray(), "does not fit");
        Refused([], "unknown piece");
        Refused([10, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "a field of 4294967295 bytes");
    }

    private static void Refused(byte[] model, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Load(model)).Message, StringComparison.Ordinal);

    private static string Pieces(byte[] model, string text) => SampleFiles.Pieces(Load(model), text);

    private static Tokenizer Load(byte[] model) => SampleFiles.Read("a.model", model);
}
