using System.Runtime.InteropServices;

namespace Heed.Models.Formats.Llama2C;

/// <summary>The sizes that a llama2.c file begins with, checked.</summary>
/// <param name="Dim">The width of the residual stream.</param>
/// <param name="HiddenDim">The inner width of the feed-forward layers.</param>
/// <param name="Layers">The depth.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyHeads">Key and value heads.</param>
/// <param name="VocabSize">The number of tokens.</param>
/// <param name="MaxLength">The longest sequence.</param>
/// <param name="SharedClassifier">Whether the output layer's weight is the token table.</param>
/// <param name="Version">0 for the first layout, which has no version number; 1 for the next.</param>
internal sealed record Llama2CHeader(int Dim, int HiddenDim, int Layers, int Heads, int KeyHeads, int VocabSize, int MaxLength, bool SharedClassifier, int Version)
{
    public const uint Magic = 0x616b3432; // "ak42", from version 1 on

    private const int LegacyBytes = 7 * sizeof(int);
    private const int VersionedBytes = 256;

    public int HeadDim => Dim / Heads;

    public int KeyWidth => HeadDim * KeyHeads;

    /// <summary>Where the weights begin.</summary>
    public int DataStart => Version == 0 ? LegacyBytes : VersionedBytes;

    public static Llama2CHeader Read(MappedFile file)
    {
        uint magic = 0;
        if (file.Length >= sizeof(uint))
        {
            file.Read(0, new Span<uint>(ref magic));
        }

        int start = magic == Magic ? VersionedBytes : LegacyBytes;
        if (file.Length < start)
        {
            throw new ModelFileException(file.Path, $"the file has {file.Length} bytes; a llama2.c file begins with {start} bytes that give the model's sizes");
        }

        return magic == Magic ? ReadVersioned(file) : ReadLegacy(file);
    }

    // A vocabulary with a minus sign says that the output layer has a weight of its own.
    private static Llama2CHeader ReadLegacy(MappedFile file)
    {
        int[] sizes = ReadSizes(file, 0);
        bool shared = sizes[5] > 0;
        sizes[5] = sizes[5] == int.MinValue ? 0 : Math.Abs(sizes[5]);
        return Check(file.Path, sizes, shared, version: 0);
    }

    private static Llama2CHeader ReadVersioned(MappedFile file)
    {
        int version = 0;
        file.Read(4, new Span<int>(ref version));
        if (version != 1)
        {
            throw new ModelFileException(file.Path, $"the llama2.c version is {version}; only the float versions 0 and 1 are supported, export the model with --version 1");
        }

        byte shared = 0;
        file.Read(8 + LegacyBytes, new Span<byte>(ref shared));
        return shared <= 1
            ? Check(file.Path, ReadSizes(file, 8), shared == 1, version)
            : throw new ModelFileException(file.Path, $"the mark of a shared classifier at byte {8 + LegacyBytes} is {shared}; expected 0 or 1");
    }

    private static int[] ReadSizes(MappedFile file, long offset)
    {
        var sizes = new int[7];
        file.Read(offset, MemoryMarshal.AsBytes(sizes.AsSpan()));
        return sizes;
    }

    private static Llama2CHeader Check(string path, int[] sizes, bool shared, int version)
    {
        string[] names = ["dim", "hidden_dim", "n_layers", "n_heads", "n_kv_heads", "vocab_size", "seq_len"];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 1)
            {
                throw new ModelFileException(path, $"{names[i]} is {sizes[i]}; it must be at least 1, so this is not a llama2.c file");
            }
        }

        var header = new Llama2CHeader(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6], shared, version);
        return header.Dim % header.Heads == 0 && header.Heads % header.KeyHeads == 0
            ? header
            : throw new ModelFileException(path, $"dim {header.Dim}, n_heads {header.Heads} and n_kv_heads {header.KeyHeads} do not divide each other, so this is not a llama2.c file");
    }
}
