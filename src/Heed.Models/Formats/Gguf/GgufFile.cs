using Heed.Models.Formats.Quantization;

namespace Heed.Models.Formats.Gguf;

/// <summary>A GGUF file of version 3, opened for reading: metadata, names and shapes, and the tensors' values on demand.</summary>
/// <remarks>
/// The format of llama.cpp (<see href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"/>): metadata, a table of
/// tensors, their bytes. The whole head is checked when the file is opened; the data are mapped into memory and read only when
/// asked for. Reading is safe from several threads at once.
/// </remarks>
public sealed class GgufFile : ICheckpoint
{
    private const int ChunkBytes = 1 << 15;

    private readonly MappedFile file;
    private readonly Dictionary<string, GgufTensor> byName;

    private GgufFile(GgufHeader header, MappedFile file)
    {
        this.file = file;
        Values = header.Metadata;
        byName = header.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Tensors = [.. header.Tensors.Select(t => t.ToTensor())];
        Metadata = new SortedDictionary<string, string>(Values.Keys.ToDictionary(key => key, key => Values.Find(key)!.ToString()), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string FilePath => file.Path;

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The metadata with their types: the architecture, its sizes, the embedded tokenizer.</summary>
    public GgufMetadata Values { get; }

    /// <summary>Opens a file and checks all of its head.</summary>
    /// <exception cref="ModelFileException">The file is not a whole, well-formed GGUF file.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static GgufFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new GgufFile(GgufHeader.Read(file), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public CheckpointTensor? Find(string name) => byName.TryGetValue(name, out GgufTensor? tensor) ? tensor.ToTensor() : null;

    /// <inheritdoc/>
    public void ReadFloat32(string name, Span<float> destination)
    {
        this.Require(name).CheckLength(destination.Length);
        GgufTensor tensor = byName[name];
        switch (tensor.Type)
        {
            case GgufTensorType.F32: file.Read(tensor.Offset, destination); break;
            case GgufTensorType.F16: StoredNumbers.ReadFloat16(file, tensor.Offset, destination); break;
            case GgufTensorType.F64: StoredNumbers.ReadConverted<double, float>(file, tensor.Offset, destination); break;
            case GgufTensorType.BF16: StoredNumbers.ReadBFloat16(file, tensor.Offset, destination); break;
            default: ReadBlocks(tensor, destination); break;
        }
    }

    /// <summary>Unmaps and closes the file.</summary>
    public void Dispose() => file.Dispose();

    private void ReadBlocks(GgufTensor tensor, Span<float> destination)
    {
        BlockFormat format = tensor.Type.Blocks()
            ?? throw new ModelFileException(FilePath, $"tensor {Display.Quote(tensor.Name)} is stored as {tensor.Type.Name()}, which cannot be read; convert the file to F16, Q8_0, Q4_K or Q6_K with llama.cpp");
        Span<byte> chunk = new byte[(int)Math.Min(ChunkBytes / format.Bytes * format.Bytes, tensor.ByteLength)];
        for (long start = 0; start < tensor.ByteLength; start += chunk.Length)
        {
            Span<byte> stored = chunk[..(int)Math.Min(chunk.Length, tensor.ByteLength - start)];
            file.Read(tensor.Offset + start, stored);
            int values = stored.Length / format.Bytes * format.Elements;
            format.Dequantize(stored, destination[..values]);
            destination = destination[values..];
        }
    }
}
