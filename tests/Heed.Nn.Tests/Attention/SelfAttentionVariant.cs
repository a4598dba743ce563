using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Tests.Attention;

/// <summary>Every kind of self-attention behind one face, so that each law is tested of all of them.</summary>
internal sealed class SelfAttentionVariant
{
    public const int Width = 16;
    public const int NumHeads = 4;

    private SelfAttentionVariant(Module? module, Func<Tensor, AttentionPattern, DropoutSource?, Tensor> forward, Func<CachedStep> beginCached)
    {
        Parameters = module is null ? [] : [.. module.NamedParameters().Select(parameter => parameter.Tensor)];
        Forward = forward;
        BeginCached = beginCached;
    }

    /// <summary>Attends from new rows, at positions, to all rows so far.</summary>
    public delegate Tensor CachedStep(Tensor rows, int[] positions, AttentionPattern pattern);

    public static string[] Names => ["without weights", "one head", "stacked heads", "multi-head", "grouped queries", "multi-query", "window", "rotary", "grouped queries, rotary, window", "relative bias", "ALiBi"];

    /// <summary>[tokens, 16] to [tokens, any width].</summary>
    public Func<Tensor, AttentionPattern, DropoutSource?, Tensor> Forward { get; }

    /// <summary>What a plain pattern becomes: windows and biases are added here.</summary>
    public Func<AttentionPattern, AttentionPattern> Pattern { get; private init; } = pattern => pattern;

    /// <summary>Begins with an empty cache of keys and values.</summary>
    public Func<CachedStep> BeginCached { get; }

    public IReadOnlyList<Tensor> Parameters { get; private init; }

    public static SelfAttentionVariant Create(string name, int seed, float dropout = 0f)
    {
        var random = new SeededRandom((ulong)seed);
        var config = new MultiHeadAttentionConfig { DModel = Width, NumHeads = NumHeads, Dropout = dropout };
        switch (name)
        {
            case "without weights":
                return new SelfAttentionVariant(
                    null,
                    (x, pattern, _) => SimplifiedSelfAttention.Forward(x, pattern),
                    () => Cached((x, _) => new KeyValues(x, x), (x, memory, pattern) => ScaledDotProductAttention.Forward(x, memory.Keys, memory.Values, SimplifiedSelfAttention.Settings(pattern))));
            case "one head":
                var single = new SelfAttention(Width, 6, random, bias: true, dropout);
                return new SelfAttentionVariant(single, (x, pattern, source) => single.Forward(x, pattern, source), () => Cached(single));
            case "stacked heads":
                var stacked = new StackedHeads(Width, 4, NumHeads, random, outputSize: Width, bias: true, dropout);
                return new SelfAttentionVariant(stacked, (x, pattern, source) => stacked.Forward(x, pattern, source), () => Cached(stacked));
            case "multi-head":
                return Of(new MultiHeadAttention(config, random));
            case "grouped queries":
                return Of(GroupedQueryAttention.Create(Width, NumHeads, 2, random, dropout));
            case "multi-query":
                return Of(GroupedQueryAttention.CreateMultiQuery(Width, NumHeads, random, dropout));
            case "window":
                return Of(new MultiHeadAttention(config, random), pattern => pattern with { Window = 3 });
            case "rotary":
                return Of(new MultiHeadAttention(config with { Rotary = new RotaryPositions() }, random));
            case "grouped queries, rotary, window":
                return Of(new MultiHeadAttention(config with { NumKeyHeads = 2, Rotary = new RotaryPositions() }, random), pattern => pattern with { Window = 5 });
            case "relative bias":
                var relative = new RelativePositionBias(NumHeads, random, bothSides: true, numBuckets: 8, maxDistance: 16);
                return Of(new MultiHeadAttention(config, random), pattern => relative.AddTo(pattern) with { Scale = 1f }, relative.Weight);
            case "ALiBi":
                return Of(new MultiHeadAttention(config, random), new AlibiBias(NumHeads).AddTo);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "no such variant");
        }
    }

    private static SelfAttentionVariant Of(MultiHeadAttention attention, Func<AttentionPattern, AttentionPattern>? pattern = null, params Tensor[] more) =>
        new(attention, (x, p, source) => attention.Forward(x, x, p, source), () => Cached((x, positions) => attention.Project(x, positions), (x, memory, p) => attention.Attend(x, memory, p)))
        {
            Pattern = pattern ?? (p => p),
            Parameters = [.. attention.NamedParameters().Select(parameter => parameter.Tensor), .. more],
        };

    private static CachedStep Cached(Func<Tensor, int[], KeyValues> project, Func<Tensor, KeyValues, AttentionPattern, Tensor> attend)
    {
        var cache = new KeyValueCache();
        return (rows, positions, pattern) => attend(rows, cache.Append(project(rows, positions)), pattern);
    }

    private static CachedStep Cached(SelfAttention head) => Cached((x, _) => head.Project(x), (x, memory, pattern) => head.Attend(x, memory, pattern));

    // A cache for each head.
    private static CachedStep Cached(StackedHeads stacked)
    {
        CachedStep[] heads = [.. stacked.Heads.Select(Cached)];
        return (rows, positions, pattern) => stacked.OutputProjection!.Forward(Ops.Concat(1, [.. heads.Select(head => head(rows, positions, pattern))]));
    }
}
