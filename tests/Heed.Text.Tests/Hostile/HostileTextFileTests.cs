using System.Text;
using Heed.Testing;
using Heed.Text.Tests.Tokenizers.SentencePiece;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Hostile;

/// <summary>Whatever stands in a file of text or of a tokenizer: it is read, or refused in one sentence that names it, in bounded memory.</summary>
public sealed class HostileTextFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(TextFiles.Names), MemberType = typeof(TextFiles))]
    public void Cut_anywhere(string name) => TextFiles.Create(name, folder).CutEverywhere();

    [Theory]
    [MemberData(nameof(TextFiles.Names), MemberType = typeof(TextFiles))]
    public void Damaged_bytes_and_numbers(string name) => TextFiles.Create(name, folder).DamageBytes();

    [Theory]
    [MemberData(nameof(TextFiles.TextNames), MemberType = typeof(TextFiles))]
    public void Damaged_words_and_lines(string name) => TextFiles.Create(name, folder).DamageText();

    [Theory]
    [MemberData(nameof(TextFiles.Names), MemberType = typeof(TextFiles))]
    public void Noise(string name) => TextFiles.Create(name, folder).ReplaceByNoise();

    [Theory]
    [MemberData(nameof(TextFiles.Names), MemberType = typeof(TextFiles))]
    public void Nothing_folders_and_links_in_its_place(string name) => TextFiles.Create(name, folder).ReplaceByOtherThings();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_piece_of_100_000_characters_an_empty_one_and_one_that_is_no_text(bool isBpe)
    {
        byte[][] pieces = [Encoding.UTF8.GetBytes(new string('a', 100_000)), [], [0xFF, 0xC3], [.. Enumerable.Repeat((byte)0x80, 100_000)]];
        foreach (byte[] piece in pieces)
        {
            string path = folder.File("tokenizer.model", new SentencePieceBytes(isBpe).Piece("▁", -3).Piece("a", -3).Piece(piece, -4).ToArray());
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Record.Exception(() => Tokenizer.Load(path).Encode(new string('a', 1000)));
            Assert.True(error is null or InvalidDataException { Message.Length: < 1000 }, error?.ToString());
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32_000_000);
        }
    }
}
