using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Llama2C;
using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary>Opens weights of any known format.</summary>
public static class CheckpointFile
{
    internal const string WeightsName = "model.safetensors";

    private const string IndexName = WeightsName + ShardIndex.Suffix;

    /// <summary>Opens a folder with <c>model.safetensors</c>, whole or in shards, or a file: safetensors, GGUF, an index of shards, or llama2.c's <c>.bin</c>.</summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="ModelFileException">The file is malformed, or of no known format.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static ICheckpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return OpenFolder(path);
        }

        if (path.EndsWith(ShardIndex.Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return ShardedSafetensors.Open(path);
        }

        if (Magic(path) == GgufHeader.Magic)
        {
            return GgufFile.Open(path);
        }

        return Path.GetExtension(path).Equals(".bin", StringComparison.OrdinalIgnoreCase) ? OpenBin(path) : SafetensorsFile.Open(path);
    }

    /// <summary>The folder that holds what belongs to weights: the path itself, or the folder around a file.</summary>
    internal static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static ICheckpoint OpenFolder(string folder)
    {
        string single = Path.Combine(folder, WeightsName);
        string index = Path.Combine(folder, IndexName);
        return File.Exists(single) ? SafetensorsFile.Open(single)
            : File.Exists(index) ? ShardedSafetensors.Open(index)
            : throw new ModelFileException(folder, $"the folder has no {WeightsName} or {IndexName}; weights in PyTorch's own files (.bin, .pt) are programs and are not read, save the model with safe_serialization");
    }

    private static Llama2CFile OpenBin(string path) => Magic(path) is not (0x04034B50 or 0x80)
        ? Llama2CFile.Open(path)
        : throw new ModelFileException(path, "this is a PyTorch file, which may run programs when it is read; save the model with safe_serialization, as model.safetensors");

    private static uint Magic(string path)
    {
        using FileStream stream = InputFile.Open(path, FileShare.Read | FileShare.Delete, bufferSize: 0);
        Span<byte> bytes = stackalloc byte[4];
        return stream.ReadAtLeast(bytes, 4, throwOnEndOfStream: false) == 4 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
    }
}
