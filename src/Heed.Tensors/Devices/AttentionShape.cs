using Heed.Tensors.Random;

namespace Heed.Tensors.Devices;

/// <summary>Where the rows of an attention call lie, and which keys a query may see.</summary>
internal readonly struct AttentionShape
{
    private const int NoLimit = 1 << 30;

    private readonly int queryWidth;
    private readonly int keyWidth;
    private readonly int headsPerKeyHead;
    private readonly int window;

    private AttentionShape(AttentionSettings settings, int queryWidth, int keyWidth)
    {
        Settings = settings;
        this.queryWidth = queryWidth;
        this.keyWidth = keyWidth;
        HeadDim = queryWidth / settings.NumHeads;
        headsPerKeyHead = settings.NumHeads / (keyWidth / HeadDim);
        window = Math.Min(settings.Window ?? NoLimit, NoLimit);
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

    /// <summary>The element where a key's head begins.</summary>
    public int KeyOffset(int sequence, int key, int head)
    {
        int row = Settings.Keys.Starts[sequence] + key;
        return ((Settings.KeyRows is { } rows ? rows[row] : row) * keyWidth) + KeyHeadOffset(head);
    }

    /// <summary>Where in a key row the key head of a query head begins; query heads share key heads where there are fewer of those.</summary>
    public int KeyHeadOffset(int head) => head / headsPerKeyHead * HeadDim;

    /// <summary>Where the i-th query of a sequence stands among its keys: the queries are the last positions.</summary>
    public int QueryPosition(int sequence, int i) => Settings.Keys.Lengths[sequence] - Settings.Queries.Lengths[sequence] + i;

    /// <summary>The keys of a sequence that its i-th query sees: from the first to before the end. Neither falls as i grows.</summary>
    public (int First, int End) VisibleKeys(int sequence, int i)
    {
        int keys = Settings.Keys.Lengths[sequence];
        int position = QueryPosition(sequence, i);
        int end = Math.Clamp(Settings.Causal ? position + 1 : position + window, 0, keys);
        return (Math.Clamp(position - window + 1, 0, end), end);
    }

    /// <summary>The queries of a sequence that see its j-th key: from the first to before the end. Neither falls as j grows.</summary>
    public (int First, int End) VisibleQueries(int sequence, int j)
    {
        int queries = Settings.Queries.Lengths[sequence];
        int i = j - (Settings.Keys.Lengths[sequence] - queries); // the query that stands where the key stands
        int first = Math.Clamp(Settings.Causal ? i : i - window + 1, 0, queries);
        return (first, Math.Clamp(i + window, first, queries));
    }

    /// <summary>The element of the distance bias that belongs to the first key of a sequence, seen by its i-th query; key j's lies j further.</summary>
    public int BiasOffset(int sequence, int i, int head)
    {
        int distances = Settings.DistanceBias!.Columns;
        return (head * distances) + (distances / 2) - QueryPosition(sequence, i);
    }

    /// <summary>What dropout multiplies a weight by: 0, or 1 / (1 - p).</summary>
    public float KeepFactor(int sequence, int i, int head, int key)
    {
        if (Settings.Dropout == 0)
        {
            return 1;
        }

        if (Settings.DropoutFactors is { } factors)
        {
            return factors[sequence, head][i, key];
        }

        ulong stream = DropoutStream(Settings.Queries.Starts[sequence] + i, head);
        return CounterRandom.Uniform(stream, (uint)key) < Settings.Dropout ? 0 : 1 / (1 - Settings.Dropout);
    }

    /// <summary>The random stream of one query's weights; the key's position is the counter.</summary>
    public ulong DropoutStream(int queryRow, int head) =>
        CounterRandom.Derive(Settings.DropoutKey, ((ulong)(uint)head << 32) | (uint)queryRow);
}
