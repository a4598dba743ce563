#:project ../src/Heed.Nn

// A window: each token sees its neighbourhood only, and a cache never grows beyond it.
// Beltagy et al. 2020 (Longformer), Jiang et al. 2023 (Mistral 7B).
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

const int Tokens = 8, Window = 3, DModel = 16;
Tensor x = new SeededRandom(1).Normal(new Shape(Tokens, DModel));
Segments text = Segments.FromLengths(Tokens);
foreach ((string name, AttentionPattern pattern) in new[] { ("causal", SlidingWindowAttention.CausalWithin(text, Window)), ("both sides", SlidingWindowAttention.Within(text, Window)) })
{
    var weights = new AttentionWeights(SimplifiedSelfAttention.Settings(pattern));
    SimplifiedSelfAttention.Forward(Tensor.Zeros(x.Shape), pattern, weights); // equal scores: the weights show who is seen
    Console.WriteLine($"window {Window}, {name}:\n{Tensor.From([.. weights[0, 0].Cast<float>()], new Shape(Tokens, Tokens)).Format(2)}");
}

// Token by token with a cache that forgets what has left the window.
var attention = new MultiHeadAttention(DModel, numHeads: 2, new SeededRandom(2));
Tensor whole = attention.Forward(x, x, SlidingWindowAttention.CausalWithin(text, Window));
using var cache = new KeyValueCache();
float difference = 0;
for (int t = 0; t < Tokens; t++)
{
    Tensor row = x.RowRange(t, 1);
    KeyValues seen = cache.Append(attention.Project(row));
    AttentionPattern step = new AttentionPattern(Segments.FromLengths(1), Segments.FromLengths(cache.Rows), Causal: true) { Window = Window };
    Tensor one = attention.Attend(row, seen, step);
    difference = Math.Max(difference, Ops.Subtract(one, whole.RowRange(t, 1)).ToArray().Max(MathF.Abs));
    cache.KeepLast(Window);
}

Console.WriteLine($"rows in the cache after {Tokens} tokens: {cache.Rows}; largest difference to the whole pass: {difference:0.00000}");
