#:project ../src/Heed.Nn

// Attention is blind to order. Four ways to tell it where a token stands.
using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Random;

// Sines and cosines, added to the embeddings (Vaswani et al. 2017). The Annotated Transformer draws dimensions 4 to 7 of 20.
Tensor table = new SinusoidalPositions(dModel: 20).Forward(new[] { 0, 1, 2, 10, 50, 99 });
Console.WriteLine($"sines and cosines, dimensions 4 to 7 at positions 0, 1, 2, 10, 50, 99:\n{Ops.Slice(table, 1, 4, 4).Format()}\n");

// Rotations of queries and keys (Su et al. 2021): a score depends on the distance alone.
var rotary = new RotaryPositions();
Tensor query = new SeededRandom(1).Normal(new Shape(1, 16)), key = new SeededRandom(2).Normal(new Shape(1, 16));
foreach ((int i, int j) in new[] { (3, 1), (103, 101), (3, 2) })
{
    Tensor score = Ops.MatMul(rotary.Rotate(query, new[] { i }, 16), rotary.Rotate(key, new[] { j }, 16), transposeB: true);
    Console.WriteLine($"rotary score of query at {i} and key at {j}: {score.Item():0.000}");
}

// A slope for each head (Press et al. 2022): what is far counts less. Nothing is learned.
var alibi = new AlibiBias(numHeads: 8);
Console.WriteLine($"\nALiBi slopes of 8 heads: {string.Join(" ", alibi.Slopes.Select(slope => $"1/{1 / slope:0}"))}");
AttentionSettings settings = alibi.AddTo(AttentionPattern.CausalWithin(Segments.FromLengths(6))).ToSettings(numHeads: 8);
var weights = new AttentionWeights(settings);
Tensor equal = Tensor.Zeros(new Shape(6, 8)); // equal keys, so that only the distance decides
ScaledDotProductAttention.Forward(equal, equal, equal, settings, weights);
Console.WriteLine($"weights of the first head:\n{Tensor.From([.. weights[0, 0].Cast<float>()], new Shape(6, 6)).Format(3)}\n");

// Learned biases by range of distance (Raffel et al. 2020, T5): near distances have one each, far ones share.
var relative = new RelativePositionBias(numHeads: 8, random: null, bothSides: true);
int[] distances = [-200, -64, -16, -8, -2, -1, 0, 1, 2, 8, 16, 64, 200];
Console.WriteLine($"T5 buckets: {string.Join("  ", distances.Select(distance => $"{distance}:{relative.Bucket(distance)}"))}");
