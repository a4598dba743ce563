#:project ../src/Heed.Nn

// Several heads: side by side, and as one matrix that is split. The same numbers, the second without loops.
// Vaswani et al. 2017, section 3.2.2; the numbers are those of Raschka, section 3.6.
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

Tensor x = Tensor.From(
    [0.43f, 0.15f, 0.89f, 0.55f, 0.87f, 0.66f, 0.57f, 0.85f, 0.64f, 0.22f, 0.58f, 0.33f, 0.77f, 0.25f, 0.10f, 0.05f, 0.80f, 0.55f],
    new Shape(6, 3)); // "Your journey starts with one step", [tokens, 3]
AttentionPattern causal = AttentionPattern.CausalWithin(Segments.FromLengths(6));

// Two heads of width 2, each with projections of its own, their outputs joined.
var stacked = new StackedHeads(inputSize: 3, headDim: 2, numHeads: 2, new PyTorchRandom(123));
Console.WriteLine($"two heads side by side, [tokens, 4]:\n{stacked.Forward(x, causal).Format()}\n");

// One projection for all heads; head h is a range of its columns. Then W^O mixes what the heads found.
var config = new MultiHeadAttentionConfig { InputSize = 3, DModel = 2, NumHeads = 2, InputBias = false };
var split = new MultiHeadAttention(config, new PyTorchRandom(123));
Tensor output = split.Forward(x, x, causal);
Console.WriteLine($"two split heads of width 1 and an output projection, [tokens, 2]:\n{output.Format()}\n");

// Shared weights, equal outputs: head h of the stack takes row block h of each matrix.
var same = new StackedHeads(inputSize: 3, headDim: 1, numHeads: 2, random: null, outputSize: 2);
same.CopyFrom(split);
Tensor difference = Ops.Subtract(output, same.Forward(x, causal));
Console.WriteLine($"largest difference with shared weights: {difference.ToArray().Max(MathF.Abs):0.0000000}");

// The attention of GPT-2 small (exercise 3.3).
var gpt2 = new MultiHeadAttention(new MultiHeadAttentionConfig { DModel = 768, NumHeads = 12, InputBias = false }, random: null);
Console.WriteLine($"parameters with dModel 768 and 12 heads: {gpt2.ParameterCount}");
