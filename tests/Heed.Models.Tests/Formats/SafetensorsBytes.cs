using System.Buffers.Binary;
using System.Text;

namespace Heed.Models.Tests.Formats;

/// <summary>Builds safetensors files byte by byte, so that the tests can also build wrong ones.</summary>
internal static class SafetensorsBytes
{
    public static byte[] File(string header, int dataLength) => File(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] File(byte[] header, int dataLength, ulong? claimedHeaderLength = null)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimedHeaderLength ?? (ulong)header.Length);
        header.CopyTo(file, 8);
        for (int i = 8 + header.Length; i < file.Length; i++)
        {
            file[i] = (byte)i;
        }

        return file;
    }
}
