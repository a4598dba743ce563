#:project ../src/Heed.Nn

// Query heads that share keys and values: the same attention with a smaller cache.
// Shazeer 2019 (multi-query), Ainslie et al. 2023 (grouped-query).
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

const int DModel = 64, NumHeads = 8, Tokens = 10;
Tensor x = new SeededRandom(1).Normal(new Shape(Tokens, DModel));
AttentionPattern causal = AttentionPattern.CausalWithin(Segments.FromLengths(Tokens));
foreach (int numKeyHeads in new[] { 8, 4, 2, 1 })
{
    MultiHeadAttention attention = GroupedQueryAttention.Create(DModel, NumHeads, numKeyHeads, new SeededRandom(2));
    KeyValues kept = attention.Project(x);
    Tensor output = attention.Forward(x, x, causal);
    Console.WriteLine($"{NumHeads} query heads, {numKeyHeads} key heads: {attention.ParameterCount} parameters, keys {kept.Keys.Shape}, output {output.Shape}");
}

// Two query heads with one key head are two heads with equal keys: copy the key head and nothing changes.
MultiHeadAttention grouped = GroupedQueryAttention.CreateMultiQuery(DModel, numHeads: 2, new SeededRandom(3));
MultiHeadAttention full = GroupedQueryAttention.Create(DModel, numHeads: 2, numKeyHeads: 2, random: null);
grouped.QueryProjection.Weight.Values.CopyTo(full.QueryProjection.Weight.MutableValues());
grouped.OutputProjection.Weight.Values.CopyTo(full.OutputProjection.Weight.MutableValues());
Ops.Concat(0, grouped.KeyProjection.Weight, grouped.KeyProjection.Weight).Values.CopyTo(full.KeyProjection.Weight.MutableValues());
Ops.Concat(0, grouped.ValueProjection.Weight, grouped.ValueProjection.Weight).Values.CopyTo(full.ValueProjection.Weight.MutableValues());
Tensor difference = Ops.Subtract(grouped.Forward(x, x, causal), full.Forward(x, x, causal));
Console.WriteLine($"largest difference to copied key heads: {difference.ToArray().Max(MathF.Abs):0.0000000}");

// What it saves: keys and values of 8192 tokens, 32 layers, 32 heads of 128, in 16 bits.
foreach ((string name, int keyHeads) in new[] { ("multi-head (LLaMA 7B)", 32), ("8 groups (Llama 3 8B)", 8), ("multi-query", 1) })
{
    long bytes = 2L * 8192 * 32 * keyHeads * 128 * 2;
    Console.WriteLine($"{name}: {bytes / 1048576} MB of cache");
}
