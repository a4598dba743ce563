using System.Runtime.CompilerServices;
using System.Text;

namespace Heed.Models.Formats.Gguf;

/// <summary>Reads the head of a GGUF file from front to back. Every length is checked against the rest of the file before it is believed.</summary>
internal sealed class GgufCursor(MappedFile file)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public long Position { get; private set; }

    private long Remaining => file.Length - Position;

    /// <summary>Reads a number.</summary>
    /// <param name="what">What it is, for the error.</param>
    public T Read<T>(string what) where T : unmanaged
    {
        Require(Unsafe.SizeOf<T>(), what);
        T value = default;
        file.Read(Position, new Span<T>(ref value));
        Position += Unsafe.SizeOf<T>();
        return value;
    }

    /// <summary>Reads several numbers.</summary>
    public T[] Read<T>(long count, string what) where T : unmanaged
    {
        Require(count * Unsafe.SizeOf<T>(), what);
        var values = new T[count];
        file.Read<T>(Position, values);
        Position += count * Unsafe.SizeOf<T>();
        return values;
    }

    /// <summary>Reads how many there are of something.</summary>
    /// <param name="what">What is counted.</param>
    /// <param name="smallest">The fewest bytes that each takes in the file.</param>
    /// <param name="most">The most that are believed.</param>
    public int ReadCount(string what, int smallest, int most)
    {
        long place = Position;
        ulong count = Read<ulong>($"the number of {what}");
        if (count > (ulong)most || count > (ulong)(Remaining / smallest))
        {
            throw Error($"the number of {what} at byte {place} is {count}, {(count > (ulong)most ? $"more than the {most} allowed" : $"but only {Remaining} bytes follow")}");
        }

        return (int)count;
    }

    /// <summary>Reads a text: its length in bytes, then UTF-8.</summary>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="most">The most bytes that are believed.</param>
    public string ReadText(string what, int most)
    {
        long place = Position;
        int length = ReadCount($"bytes of {what}", 1, most);
        if (length == 0)
        {
            return string.Empty;
        }

        byte[] bytes = Read<byte>(length, what);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelFileException(file.Path, $"{what} at byte {place} is not valid UTF-8", error);
        }
    }

    public ModelFileException Error(string problem) => new(file.Path, problem);

    private void Require(long bytes, string what)
    {
        if (bytes > Remaining)
        {
            throw Error($"{what} at byte {Position} needs {bytes} bytes, but only {Remaining} follow: the file is cut short");
        }
    }
}
