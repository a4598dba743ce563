using System.IO.Compression;
using System.Text;
using Heed.Testing;
using Heed.Text.IO;

namespace Heed.Text.Tests.IO;

public sealed class TextLineReaderTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("heed-lines-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string Write(byte[] content)
    {
        string path = Path.Combine(directory, "text.de");
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Write(string content) => Write(Encoding.UTF8.GetBytes(content));

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static string Error(string path) =>
        Assert.Throws<InvalidDataException>(() => TextLineReader.ReadLines(path).Count()).Message;

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\n", new[] { "a" })]
    [InlineData("a\r", new[] { "a\r" })]
    [InlineData("a\n\nb", new[] { "a", "", "b" })]
    [InlineData("\r\n\r\nb\r\n", new[] { "", "", "b" })]
    [InlineData("a\rb\u2028c\u0085d\n", new[] { "a\rb\u2028c\u0085d" })]
    [InlineData("\ufeffa\nb\ufeff", new[] { "a", "b\ufeff" })]
    [InlineData("\ufeff", new string[0])]
    [InlineData("ü\0😀\n", new[] { "ü\0😀" })]
    public void Lines_end_with_lf_or_crlf_only(string text, string[] expected)
    {
        Assert.Equal(expected, TextLineReader.ReadLines(Write(text)));
        Assert.Equal(expected, TextLineReader.ReadLines(Write(Gzip(Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public void Lines_of_any_length_come_back_whole()
    {
        const int seed = 11;
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), random.Next(4) == 0 ? random.Next(200_000) : random.Next(80)) + "ü")];
        byte[] text = Encoding.UTF8.GetBytes(string.Join("\r\n", lines));

        Assert.Equal(lines, TextLineReader.ReadLines(Write(text)));
        Assert.Equal(lines, TextLineReader.ReadLines(Write(Gzip(text))));
    }

    [Fact]
    public void Counts_the_lines_that_are_left()
    {
        using var reader = new TextLineReader(Write("a\nb\n\nd"));
        Assert.Equal("a", reader.ReadLine());
        Assert.Equal(1, reader.LineNumber);
        Assert.Equal(4, reader.CountLines());
        Assert.Null(reader.ReadLine());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xFC, (byte)'b' }, "byte 0xFC at offset 4")]
    [InlineData(new byte[] { 0xC3 }, "byte 0xC3 at offset 3")]
    [InlineData(new byte[] { (byte)'a', 0xC3, 0x28 }, "byte 0xC3 at offset 4")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "byte 0xC0 at offset 3")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "byte 0xED at offset 3")]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, "byte 0xF4 at offset 3")]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place(byte[] wrong, string expected)
    {
        byte[] text = [(byte)'o', (byte)'k', (byte)'\n', .. wrong, (byte)'\n'];
        foreach (string path in (string[])[Write(text), Write(Gzip(text))])
        {
            Assert.Equal($"line 2 of {path} is not valid UTF-8 ({expected}); convert the file, for example with iconv", Error(path));
        }
    }

    [Fact]
    public void The_byte_offset_counts_the_whole_file_and_its_byte_order_mark()
    {
        string filler = string.Concat(Enumerable.Repeat("Zeile\n", 50_000));
        string path = Write([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(filler), 0xFF]);
        Assert.Contains($"line 50001 of {path} is not valid UTF-8 (byte 0xFF at offset {3 + filler.Length})", Error(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Utf16_is_refused() =>
        Assert.Contains("line 1", Error(Write(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("abc\n")).ToArray())), StringComparison.Ordinal);

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        var random = new Random(3);
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"Zeile {random.Next()}\n"));
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(text));
        for (int length = 2; length < packed.Length; length += length < 40 || length > packed.Length - 40 ? 1 : 97)
        {
            string path = Write(packed[..length]);
            string error = Error(path);
            Assert.StartsWith($"{path} cannot be unpacked after line ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused()
    {
        const int seed = 8;
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 500).Select(i => $"Zeile {random.Next()}")];
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        for (int round = 0; round < 500; round++)
        {
            byte[] damaged = [.. packed];
            damaged[random.Next(10, packed.Length)] ^= (byte)(1 << random.Next(8));
            string path = Write(damaged);
            string[] read = [];
            var error = Record.Exception(() => read = [.. TextLineReader.ReadLines(path)]);
            // A flipped bit of the padding before the checksum changes nothing, and none else may pass.
            Assert.True(error is InvalidDataException || (error is null && read.SequenceEqual(lines)), $"seed {seed}, round {round}: {error}");
        }
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_read_whole()
    {
        byte[] members = [.. Gzip("a\nb"u8.ToArray()), .. Gzip("c\n"u8.ToArray()), .. Gzip([]), .. Gzip("d\n"u8.ToArray())];
        Assert.Equal(["a", "bc", "d"], TextLineReader.ReadLines(Write(members)));
    }

    [Fact]
    public void What_cannot_be_opened_is_named()
    {
        string missing = Path.Combine(directory, "missing.de");
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => new TextLineReader(missing)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => new TextLineReader(directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_beyond_all_measure_is_refused_with_bounded_memory()
    {
        // 70 MB of one letter pack into less than 100 kB.
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            byte[] letters = new byte[1 << 20];
            letters.AsSpan().Fill((byte)'a');
            for (int i = 0; i < 70; i++)
            {
                gzip.Write(letters);
            }
        }

        string path = Write(packed.ToArray());
        Assert.StartsWith($"line 1 of {path} is longer than {TextLineReader.MaxLineBytes} bytes", Error(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_joined_are_the_text_whatever_the_length_of_its_lines()
    {
        int seed = RandomTensor.FreshSeed();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["a", "ä", "€", "😀", "\n", " ", "\t", "\n\n"];
        for (int i = 0; i < 20; i++)
        {
            // Lines around the longest part, to the byte, and characters of every width at its end.
            string text = string.Concat(Enumerable.Range(0, 4).Select(_ =>
                string.Concat(Enumerable.Range(0, 5).Select(_ => pieces[random.Next(pieces.Length)])) + new string('x', TextLineReader.MaxPartBytes - random.Next(12))));
            using var reader = new TextLineReader(Write(text));
            var parts = new List<string>();
            while (reader.ReadPart() is { } part)
            {
                Assert.True(part.IndexOf('\n') is -1 || part.IndexOf('\n') == part.Length - 1, $"seed {seed}");
                parts.Add(part);
            }

            Assert.True(text == string.Concat(parts), $"seed {seed}");
            Assert.Equal(text.Count(c => c == '\n') + (text.EndsWith('\n') ? 0 : 1), reader.LineNumber);
        }
    }
}
