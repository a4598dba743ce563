using System.Collections.Immutable;
using Heed.Models.Formats;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Causal;

/// <summary>The keys and values of a text that prompts begin with, read once and shared by any number of sessions. Never changes.</summary>
/// <remarks>It belongs to the weights that made it. A file of it says the sizes of the model, not which weights they were.</remarks>
public sealed class PromptCache
{
    private const string TokensName = "tokens";

    private readonly ImmutableArray<KeyValues> layers;

    private PromptCache(ImmutableArray<int> tokens, ImmutableArray<KeyValues> layers)
    {
        Tokens = tokens;
        this.layers = layers;
    }

    /// <summary>The text.</summary>
    public ImmutableArray<int> Tokens { get; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is malformed or holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PromptCache Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Contains(TokensName) || file.Entries.Length < 3 || file.Entries.Length % 2 == 0)
        {
            throw new ModelFileException(path, "this is no prompt cache: it needs \"tokens\", and keys and values of every layer");
        }

        long[] stored = file.ReadInt64(TokensName);
        if (stored.Any(token => token is < 0 or > int.MaxValue))
        {
            throw new ModelFileException(path, "\"tokens\" holds a number that is no token");
        }

        ImmutableArray<int> tokens = [.. stored.Select(token => (int)token)];
        return new PromptCache(tokens, [.. Enumerable.Range(0, file.Entries.Length / 2).Select(layer => new KeyValues(ReadRows(file, Name(layer, "keys"), tokens.Length), ReadRows(file, Name(layer, "values"), tokens.Length)))]);
    }

    /// <summary>Writes a safetensors file: <c>tokens</c>, and <c>layers.N.keys</c> and <c>layers.N.values</c>, [tokens, width].</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written; an old one is then untouched.</exception>
    public void Save(string path)
    {
        var writer = new SafetensorsWriter();
        writer.Add(TokensName, [Tokens.Length], Tokens.Select(token => (long)token).ToArray());
        for (int layer = 0; layer < layers.Length; layer++)
        {
            AddRows(writer, Name(layer, "keys"), layers[layer].Keys);
            AddRows(writer, Name(layer, "values"), layers[layer].Values);
        }

        writer.Save(path);
    }

    /// <summary>The beginning of the text alone.</summary>
    /// <param name="tokens">How many tokens of it, one at least.</param>
    /// <exception cref="ArgumentOutOfRangeException">The text has not so many tokens.</exception>
    public PromptCache Trim(int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, Tokens.Length);
        return new PromptCache(Tokens[..tokens], [.. layers.Select(layer => new KeyValues(layer.Keys.RowRange(0, tokens), layer.Values.RowRange(0, tokens)))]);
    }

    internal static PromptCache Read(DecoderOnlyModel model, ReadOnlyMemory<int> ids, Segments sequence)
    {
        KeyValueCache[] caches = [.. model.Body.Layers.Select(_ => new KeyValueCache())];
        try
        {
            using (TensorScope.Begin())
            {
                model.Body.Forward(model.Embed(ids, sequence.Positions()), model.Pattern(sequence), caches);
            }

            return new PromptCache([.. ids.Span], [.. caches.Select(cache => Copy(cache.All!.Value))]);
        }
        finally
        {
            Array.ForEach(caches, cache => cache.Dispose());
        }
    }

    /// <summary>Copies rows of a session's caches.</summary>
    /// <param name="tokens">The tokens that the rows belong to.</param>
    /// <param name="caches">A cache for each layer.</param>
    /// <param name="rows">Where the tokens lie in them.</param>
    internal static PromptCache Gather(ImmutableArray<int> tokens, IReadOnlyList<KeyValueCache> caches, ReadOnlySpan<int> rows)
    {
        var layers = ImmutableArray.CreateBuilder<KeyValues>(caches.Count);
        foreach (KeyValueCache cache in caches)
        {
            layers.Add(new KeyValues(Gather(cache.All!.Value.Keys, rows), Gather(cache.All!.Value.Values, rows)));
        }

        return new PromptCache(tokens, layers.MoveToImmutable());
    }

    /// <summary>How many tokens a prompt begins with that are the text's.</summary>
    internal int CommonLength(ReadOnlySpan<int> prompt) => prompt.CommonPrefixLength(Tokens.AsSpan());

    internal void CopyTo(IReadOnlyList<KeyValueCache> caches)
    {
        for (int layer = 0; layer < layers.Length; layer++)
        {
            caches[layer].Append(layers[layer]);
        }
    }

    /// <exception cref="ArgumentException">The model has other sizes than the one that made the cache.</exception>
    internal void Guard(DecoderOnlyModel model)
    {
        DecoderOnlyConfig config = model.Config;
        int width = (config.NumKeyHeads ?? config.NumHeads) * (config.HeadDim ?? (config.DModel / config.NumHeads));
        if (layers.Length != config.NumLayers || layers.Any(layer => layer.Keys.Columns != width || layer.Values.Columns != width))
        {
            throw new ArgumentException($"the prefix is of a model with {layers.Length} layers and keys {layers[0].Keys.Columns} wide; this one has {config.NumLayers} and {width}. Read it again with this model");
        }
    }

    private static Tensor Gather(Tensor matrix, ReadOnlySpan<int> rows)
    {
        var gathered = new float[checked(rows.Length * matrix.Columns)];
        for (int row = 0; row < rows.Length; row++)
        {
            matrix.Values.Slice(rows[row] * matrix.Columns, matrix.Columns).CopyTo(gathered.AsSpan(row * matrix.Columns));
        }

        return Tensor.From(gathered, new Shape(rows.Length, matrix.Columns));
    }

    private static KeyValues Copy(KeyValues rows) => new(Tensor.From(rows.Keys.Values, rows.Keys.Shape), Tensor.From(rows.Values.Values, rows.Values.Shape));

    private static string Name(int layer, string part) => $"layers.{layer}.{part}";

    private static void AddRows(SafetensorsWriter writer, string name, Tensor rows) => writer.Add(name, [rows.Shape[0], rows.Columns], rows.ToArray());

    private static Tensor ReadRows(SafetensorsFile file, string name, int tokens)
    {
        float[] values = file.ReadFloat32(name);
        if (tokens == 0 || values.Length == 0 || values.Length % tokens != 0)
        {
            throw new ModelFileException(file.FilePath, $"{name} has {values.Length} numbers for {tokens} tokens, which is no whole row for each");
        }

        return Tensor.From(values, new Shape(tokens, values.Length / tokens));
    }
}
