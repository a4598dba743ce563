namespace Heed.Models.Formats;

/// <summary>Tensors spread over several safetensors files, with an index that says where each is.</summary>
public sealed class ShardedSafetensors : ICheckpoint
{
    private readonly List<SafetensorsFile> shards;
    private readonly Dictionary<string, SafetensorsFile> shardOf = new(StringComparer.Ordinal);

    private ShardedSafetensors(string path, ShardIndex index, List<SafetensorsFile> shards)
    {
        FilePath = path;
        this.shards = shards;
        Dictionary<string, SafetensorsFile> byFile = shards.ToDictionary(shard => Path.GetFileName(shard.FilePath), StringComparer.Ordinal);
        foreach ((string name, string file) in index.Files)
        {
            if (!byFile[file].Contains(name))
            {
                throw new ModelFileException(path, $"the index says that {Display.Quote(file)} holds tensor {Display.Quote(name)}, but it does not; the files belong to different models");
            }

            shardOf.Add(name, byFile[file]);
        }

        // What no index lists is not hidden from whoever compares the names with a model's.
        foreach ((SafetensorsFile shard, SafetensorsEntry entry) in shards.SelectMany(shard => shard.Entries.Select(entry => (shard, entry))))
        {
            shardOf.TryAdd(entry.Name, shard);
        }

        Tensors = [.. shardOf.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value[pair.Key].ToTensor())];
    }

    /// <summary>The index.</summary>
    public string FilePath { get; }

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyList<string> ShardPaths => [.. shards.Select(shard => shard.FilePath)];

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>The metadata of the first file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => shards.Count == 0 ? new Dictionary<string, string>() : shards[0].Metadata;

    /// <summary>Opens an index and all files that it names.</summary>
    /// <param name="path">The index, <c>model.safetensors.index.json</c>.</param>
    /// <exception cref="ModelFileException">The index or a file is malformed, or they do not fit.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static ShardedSafetensors Open(string path)
    {
        ShardIndex index = ShardIndex.Read(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var shards = new List<SafetensorsFile>();
        try
        {
            foreach (string file in index.Files.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                string shard = Path.Combine(folder, file);
                shards.Add(File.Exists(shard)
                    ? SafetensorsFile.Open(shard)
                    : throw new ModelFileException(path, $"the index names the file {Display.Quote(file)}, which is missing; copy the whole folder again"));
            }

            return new ShardedSafetensors(path, index, shards);
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public CheckpointTensor? Find(string name) => shardOf.TryGetValue(name, out SafetensorsFile? shard) ? shard[name].ToTensor() : null;

    /// <inheritdoc/>
    public void ReadFloat32(string name, Span<float> destination)
    {
        this.Require(name);
        shardOf[name].ReadFloat32(name, destination);
    }

    /// <summary>Closes all files.</summary>
    public void Dispose() => shards.ForEach(shard => shard.Dispose());
}
