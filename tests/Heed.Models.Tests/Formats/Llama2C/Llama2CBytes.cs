namespace Heed.Models.Tests.Formats.Llama2C;

/// <summary>Builds small llama2.c files.</summary>
internal static class Llama2CBytes
{
    /// <summary>Dim 4, hidden 6, 2 layers, 2 heads, 1 key head, vocabulary 5, length 3; every float is its own number.</summary>
    public static byte[] Numbered(int version, bool shared)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        if (version == 1)
        {
            writer.Write(0x616b3432u);
            writer.Write(version);
        }

        Array.ForEach([4, 6, 2, 2, 1, version == 0 && !shared ? -5 : 5, 3], writer.Write);
        if (version == 1)
        {
            writer.Write(shared);
            writer.Write(new byte[256 - (int)stream.Position]);
        }

        int perLayer = 4 + 16 + 8 + 8 + 16 + 4 + 24 + 24 + 24;
        int floats = 20 + (2 * perLayer) + 4 + (version == 0 ? 2 * 3 * 1 : 0) + (shared ? 0 : 20);
        for (int i = 0; i < floats; i++)
        {
            writer.Write((float)i);
        }

        return stream.ToArray();
    }
}
