using System.Collections.Immutable;
using System.Globalization;

namespace Heed.Models.Formats.Llama2C;

/// <summary>A LLaMA in the <c>.bin</c> layout of llama2.c, opened for reading.</summary>
/// <remarks>
/// The format (<see href="https://github.com/karpathy/llama2.c"/>, <c>run.c</c> and <c>export.py</c>): seven sizes, then the weights in 32-bit
/// floats in a fixed order, one kind of all layers after another. The tensors have the names that they have in llama2.c's own
/// model, one for each layer, such as <c>layers.3.attention.wq.weight</c>. Rotary positions turn neighbouring pairs.
/// </remarks>
public sealed class Llama2CFile : ICheckpoint
{
    private readonly MappedFile file;
    private readonly Dictionary<string, (CheckpointTensor Tensor, long Offset)> places;

    private Llama2CFile(MappedFile file, Llama2CHeader header)
    {
        this.file = file;
        Header = header;
        places = Llama2CLayout.Place(file, header);
        Tensors = [.. places.Values.Select(place => place.Tensor).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        Metadata = Describe(header);
    }

    /// <inheritdoc/>
    public string FilePath => file.Path;

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    internal Llama2CHeader Header { get; }

    /// <summary>Opens a file and checks its sizes against its length.</summary>
    /// <exception cref="ModelFileException">The file is not a whole, well-formed llama2.c file of floats.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static Llama2CFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new Llama2CFile(file, Llama2CHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public CheckpointTensor? Find(string name) => places.TryGetValue(name, out var place) ? place.Tensor : null;

    /// <inheritdoc/>
    public void ReadFloat32(string name, Span<float> destination)
    {
        this.Require(name).CheckLength(destination.Length);
        file.Read(places[name].Offset, destination);
    }

    /// <summary>Unmaps and closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static SortedDictionary<string, string> Describe(Llama2CHeader header)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, int value) in ImmutableArray.Create(
            ("version", header.Version), ("dim", header.Dim), ("hidden_dim", header.HiddenDim), ("n_layers", header.Layers),
            ("n_heads", header.Heads), ("n_kv_heads", header.KeyHeads), ("vocab_size", header.VocabSize), ("seq_len", header.MaxLength)))
        {
            metadata.Add(key, value.ToString(CultureInfo.InvariantCulture));
        }

        metadata.Add("shared_classifier", header.SharedClassifier ? "true" : "false");
        return metadata;
    }
}
