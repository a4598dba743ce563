using Heed.Tensors.Random;

namespace Heed.Tensors.Devices;

/// <summary>Where the rows of an attention call lie, and which keys a query may see.</summary>
internal readonly struct AttentionShape
{
    private readonly int queryWidth;
    private readonly int keyWidth;
    private readonly int headsPerKeyHead;

    private AttentionShape(AttentionSettings settings, int queryWidth, int keyWidth)
    {
        Settings = settings;
        this.queryWidth = queryWidth;
        this.keyWidth = keyWidth;
        HeadDim = queryWidth / settings.NumHeads;
        headsPerKeyHead = settings.NumHeads / (keyWidth / HeadDim);
        Scale = settings.Scale ?? (1f / MathF.Sqrt(HeadDim));
    }

    public AttentionSettings Settings { get; }

    public int HeadDim { get; }

    public float Scale { get; }

    public int QueryWidth => queryWidth;

    public int KeyWidth => keyWidth;

    public static AttentionShape Of(Tensor query, Tensor key, AttentionSettings settings) => new(settings, query.Columns, key.Columns);

    /// <summary>The element where a query row's head begins.</summary>
    public int QueryOffset(int row, int head) => (row * queryWidth) + (head * HeadDim);

    /// <summary>The element where a key's head begins; query heads share key heads where there are fewer of those.</summary>
    public int KeyOffset(int sequence, int key, int head)
    {
        int row = Settings.Keys.Starts[sequence] + key;
        return ((Settings.KeyRows is { } rows ? rows[row] : row) * keyWidth) + (head / headsPerKeyHead * HeadDim);
    }

    /// <summary>How many keys, from the first, the i-th query of a sequence may see.</summary>
    public int VisibleKeys(int sequence, int i)
    {
        int keys = Settings.Keys.Lengths[sequence];
        return Settings.Causal ? Math.Clamp(keys - Settings.Queries.Lengths[sequence] + i + 1, 0, keys) : keys;
    }

    /// <summary>What dropout multiplies a weight by: 0, or 1 / (1 - p).</summary>
    public float KeepFactor(int queryRow, int head, int key)
    {
        if (Settings.Dropout == 0)
        {
            return 1;
        }

        ulong stream = DropoutStream(queryRow, head);
        return CounterRandom.Uniform(stream, (uint)key) < Settings.Dropout ? 0 : 1 / (1 - Settings.Dropout);
    }

    /// <summary>The random stream of one query's weights; the key's position is the counter.</summary>
    public ulong DropoutStream(int queryRow, int head) =>
        CounterRandom.Derive(Settings.DropoutKey, ((ulong)(uint)head << 32) | (uint)queryRow);
}
