#:project ../src/Heed.Nn

// Hiding the future: a token sees itself and what stands before it. Two ways that agree, and dropout.
// The numbers are those of Raschka, Build a Large Language Model (From Scratch), section 3.5.
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

Tensor x = Tensor.From(
    [0.43f, 0.15f, 0.89f, 0.55f, 0.87f, 0.66f, 0.57f, 0.85f, 0.64f, 0.22f, 0.58f, 0.33f, 0.77f, 0.25f, 0.10f, 0.05f, 0.80f, 0.55f],
    new Shape(6, 3)); // "Your journey starts with one step", [tokens, 3]
var attention = new SelfAttention(inputSize: 3, headDim: 2, new PyTorchRandom(789));
Tensor query = attention.QueryProjection.Forward(x), key = attention.KeyProjection.Forward(x); // [tokens, 2] each
Tensor scores = Ops.Scale(Ops.MatMul(query, key, transposeB: true), 1 / MathF.Sqrt(2)); // [tokens, tokens]

Tensor renormalized = CausalWeights.ByRenormalizing(scores);
Tensor masked = CausalWeights.ByMasking(scores);
Console.WriteLine($"weights of the past, divided by their sum:\n{renormalized.Format()}");
Console.WriteLine($"scores of the future set to minus infinity before the softmax:\n{masked.Format()}");
Console.WriteLine($"largest difference: {renormalized.ToArray().Zip(masked.ToArray(), (a, b) => MathF.Abs(a - b)).Max():0.0000000}\n");

// Models do not make the matrix at all: the operation leaves hidden keys out.
var recorder = new AttentionRecorder();
attention.Forward(x, AttentionPattern.CausalWithin(Segments.FromLengths(6)), recorder: recorder);
Console.WriteLine($"inside the operation:\n{Tensor.From([.. recorder[attention][0, 0].Cast<float>()], new Shape(6, 6)).Format()}\n");

// Dropout zeroes random weights in training and doubles the others, so that no token relies on a single other one.
Tensor mask = new DropoutSource(new PyTorchRandom(123)).Drop(Tensor.Full(new Shape(6, 6), 1), 0.5f);
Console.WriteLine($"the dropout mask of seed 123:\n{mask.Format(0)}");
Console.WriteLine($"what it leaves of the weights:\n{Ops.Multiply(masked, mask).Format()}");
