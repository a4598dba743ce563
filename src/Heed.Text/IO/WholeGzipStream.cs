using System.IO.Compression;

namespace Heed.Text.IO;

/// <summary>Unpacks gzip and notices when the file was cut short, which <see cref="GZipStream"/> takes for its end.</summary>
/// <remarks>
/// A gzip file may be several members one after another. This stream appends one more, whose content is a fixed mark: where
/// the file is whole, the unpacked bytes end with the mark, which is taken off; where it is cut, they do not.
/// </remarks>
internal sealed class WholeGzipStream : ForwardStream
{
    private static readonly byte[] Mark = [.. "end of gzip file"u8];

    private readonly GZipStream unpacked;
    private readonly byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool atEnd;

    public WholeGzipStream(Stream packed)
    {
        unpacked = new GZipStream(new AppendedStream(packed, Pack(Mark)), CompressionMode.Decompress);
    }

    // The last bytes are held back while they may be the mark.
    private int Available => atEnd ? end - start : end - start - Mark.Length;

    /// <exception cref="InvalidDataException">The data are damaged or cut short.</exception>
    public override int Read(Span<byte> destination)
    {
        while (!atEnd && Available <= 0)
        {
            Fill();
        }

        int count = Math.Min(destination.Length, Available);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int count = unpacked.Read(buffer.AsSpan(end));
        end += count;
        if (count > 0)
        {
            return;
        }

        if (!buffer.AsSpan(0, end).EndsWith(Mark))
        {
            throw new InvalidDataException("the gzip data are cut short");
        }

        end -= Mark.Length;
        atEnd = true;
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
