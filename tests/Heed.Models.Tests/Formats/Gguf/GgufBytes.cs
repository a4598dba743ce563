using System.Text;

namespace Heed.Models.Tests.Formats.Gguf;

/// <summary>Builds GGUF files piece by piece, so that the tests can also build wrong ones.</summary>
internal sealed class GgufBytes
{
    private readonly List<byte> bytes = [];

    public GgufBytes(ulong tensors = 0, ulong keys = 0, uint magic = 0x46554747, uint version = 3)
    {
        Number(magic).Number(version).Number(tensors).Number(keys);
    }

    public GgufBytes Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public GgufBytes Text(byte[] utf8)
    {
        Number((ulong)utf8.Length);
        bytes.AddRange(utf8);
        return this;
    }

    public GgufBytes Number<T>(T value)
        where T : unmanaged
    {
        bytes.AddRange(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        return this;
    }

    /// <summary>A tensor's entry in the table.</summary>
    public GgufBytes Tensor(string name, ulong[] sizes, uint type, ulong offset)
    {
        Text(name).Number((uint)sizes.Length);
        Array.ForEach(sizes, size => Number(size));
        return Number(type).Number(offset);
    }

    /// <summary>The bytes so far, filled up to a multiple of 32, with data behind.</summary>
    public byte[] WithData(int length)
    {
        byte[] head = ToArray();
        byte[] file = new byte[((head.Length + 31) / 32 * 32) + length];
        head.CopyTo(file, 0);
        return file;
    }

    public byte[] ToArray() => [.. bytes];
}
