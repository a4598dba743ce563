using System.Text;

namespace Heed.Text.IO;

/// <summary>Reads the lines of a UTF-8 text file, plain or gzip, and refuses bytes that are not UTF-8.</summary>
/// <remarks>
/// Lines end with LF or CR LF; the last one need not. A byte-order mark at the start is skipped. Gzip is known by its first
/// bytes, not by the file's name; a pipe is read as plain text. Only one line is held at a time.
/// </remarks>
public sealed class TextLineReader : IDisposable
{
    /// <summary>The longest line that is read, in bytes. A longer one means that the file is no text.</summary>
    public const int MaxLineBytes = 1 << 26;

    /// <summary>The longest part that <see cref="ReadPart"/> gives, in bytes.</summary>
    public const int MaxPartBytes = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream stream;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool insideLine;
    private long offset; // of buffer[start], in the unpacked text

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public TextLineReader(string path) : this(Open(path), path)
    {
    }

    private TextLineReader(Stream stream, string name)
    {
        FilePath = name;
        this.stream = stream;
        while (end < 3 && Fill())
        {
        }

        if (buffer.AsSpan(0, end).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            Advance(3);
        }
    }

    /// <summary>The file's path as it was given.</summary>
    public string FilePath { get; }

    /// <summary>The number of the line that was read last; the first is 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The lines of a file, read as they are asked for.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no valid text; the message names the line, the byte and the mend.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new TextLineReader(path);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Reads the lines of standard input, as they come.</summary>
    /// <exception cref="InvalidDataException">The input is not UTF-8.</exception>
    public static IEnumerable<string> ReadStandardInput()
    {
        using var reader = new TextLineReader(Console.OpenStandardInput(), "standard input");
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The next line without its end, or null after the last.</summary>
    /// <exception cref="InvalidDataException">The line is not valid UTF-8 or too long, or the gzip data are damaged.</exception>
    public string? ReadLine()
    {
        int length = FindLine(MaxLineBytes, out int terminator);
        if (length < 0)
        {
            return null;
        }

        if (length > MaxLineBytes && terminator == 0)
        {
            throw TooLong();
        }

        LineNumber++;
        string line = Decode(buffer.AsSpan(start, length));
        Advance(length + terminator);
        return line;
    }

    /// <summary>The next line with its end, as LF; of a line longer than <see cref="MaxPartBytes"/> bytes the next part, without end. Null after the last.</summary>
    /// <remarks>All parts joined are the text, so a file of one enormous line can be read too.</remarks>
    /// <exception cref="InvalidDataException">The text is not valid UTF-8, or the gzip data are damaged.</exception>
    public string? ReadPart()
    {
        int length = FindLine(MaxPartBytes, out int terminator);
        if (length < 0)
        {
            return null;
        }

        bool isCut = length > MaxPartBytes && terminator == 0;
        length = isCut ? CharacterBoundary(MaxPartBytes) : length;
        LineNumber += insideLine ? 0 : 1;
        insideLine = isCut;
        string text = Decode(buffer.AsSpan(start, length));
        Advance(length + terminator);
        return terminator > 0 ? text + "\n" : text;
    }

    /// <summary>Skips the rest of the file and returns the number of its lines, those read before included.</summary>
    /// <exception cref="InvalidDataException">A line is too long, or the gzip data are damaged.</exception>
    public long CountLines()
    {
        int length;
        while ((length = FindLine(MaxLineBytes, out int terminator)) >= 0)
        {
            if (length > MaxLineBytes && terminator == 0)
            {
                throw TooLong();
            }

            LineNumber++;
            Advance(length + terminator);
        }

        return LineNumber;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    /// <summary>
    /// The length of the next line, or -1 at the end, and the length of what ends it. Of a line longer than <paramref name="most"/> bytes
    /// what is held so far, which is more than that, with no end.
    /// </summary>
    private int FindLine(int most, out int terminator)
    {
        int searched = 0;
        while (true)
        {
            int index = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (index >= 0)
            {
                int length = searched + index;
                bool carriageReturn = length > 0 && buffer[start + length - 1] == (byte)'\r';
                terminator = carriageReturn ? 2 : 1;
                return carriageReturn ? length - 1 : length;
            }

            searched = end - start;
            if (searched > most || !Fill())
            {
                terminator = 0;
                return searched > 0 ? searched : -1;
            }
        }
    }

    private InvalidDataException TooLong() =>
        new($"line {LineNumber + 1} of {FilePath} is longer than {MaxLineBytes} bytes; is the file a text with one sentence a line?");

    // No character of UTF-8 is longer than four bytes, and CR LF is one line end.
    private int CharacterBoundary(int length)
    {
        for (int back = 0; back < 3 && (buffer[start + length] & 0xC0) == 0x80; back++)
        {
            length--;
        }

        return buffer[start + length - 1] == (byte)'\r' ? length - 1 : length;
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        int count = Read(buffer.AsSpan(end));
        end += count;
        return count > 0;
    }

    private int Read(Span<byte> destination)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{FilePath} cannot be unpacked after line {LineNumber}: its gzip data are damaged or cut short; copy or pack the file again", error);
        }
    }

    private void Advance(int count)
    {
        start += count;
        offset += count;
    }

    private string Decode(ReadOnlySpan<byte> line)
    {
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException error)
        {
            string value = error.BytesUnknown is [byte first, ..] ? $"byte 0x{first:X2} at offset {offset + error.Index}" : "at its end";
            throw new InvalidDataException($"line {LineNumber} of {FilePath} is not valid UTF-8 ({value}); convert the file, for example with iconv", error);
        }
    }

    private static Stream Open(string path)
    {
        FileStream file = InputFile.Open(path, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> magic = stackalloc byte[2];
        int count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return count == 2 && magic is [0x1F, 0x8B] ? new WholeGzipStream(file) : file;
    }
}
