namespace Heed.Text.IO;

/// <summary>Reads one stream, then a few more bytes.</summary>
internal sealed class AppendedStream(Stream first, byte[] appended) : ForwardStream
{
    private int position;

    public override int Read(Span<byte> destination)
    {
        int count = position == 0 ? first.Read(destination) : 0;
        if (count > 0 || destination.IsEmpty)
        {
            return count;
        }

        count = Math.Min(destination.Length, appended.Length - position);
        appended.AsSpan(position, count).CopyTo(destination);
        position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
        }

        base.Dispose(disposing);
    }
}
