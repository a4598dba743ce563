#:project ../src/Heed.Nn

// Self-attention that can learn: what a token asks, offers and says are three projections of it.
// The numbers are those of Raschka, Build a Large Language Model (From Scratch), section 3.4.
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

Tensor x = Tensor.From(
    [0.43f, 0.15f, 0.89f, 0.55f, 0.87f, 0.66f, 0.57f, 0.85f, 0.64f, 0.22f, 0.58f, 0.33f, 0.77f, 0.25f, 0.10f, 0.05f, 0.80f, 0.55f],
    new Shape(6, 3)); // "Your journey starts with one step", [tokens, 3]

// By hand, with the matrices that PyTorch draws from seed 123.
var random = new PyTorchRandom(123);
Tensor wQuery = random.Uniform(new Shape(3, 2)), wKey = random.Uniform(new Shape(3, 2)), wValue = random.Uniform(new Shape(3, 2));
Tensor queries = Ops.MatMul(x, wQuery), keys = Ops.MatMul(x, wKey), values = Ops.MatMul(x, wValue); // [tokens, 2] each
Console.WriteLine($"query of \"journey\":\n{queries.RowRange(1, 1).Format()}");
Tensor scores = Ops.MatMul(queries.RowRange(1, 1), keys, transposeB: true); // [1, tokens]
Console.WriteLine($"its scores:\n{scores.Format()}");
Tensor weights = Ops.Softmax(Ops.Scale(scores, 1 / MathF.Sqrt(2))); // divided by the root of the width
Console.WriteLine($"its weights:\n{weights.Format()}");
Console.WriteLine($"its context:\n{Ops.MatMul(weights, values).Format()}\n");

// As a module; seed 789 gives the weights of the book's second version.
var attention = new SelfAttention(inputSize: 3, headDim: 2, new PyTorchRandom(789));
var recorder = new AttentionRecorder();
Tensor context = attention.Forward(x, AttentionPattern.Within(Segments.FromLengths(6)), recorder: recorder);
Console.WriteLine($"contexts of the module:\n{context.Format()}");
Console.WriteLine($"its weights:\n{Tensor.From([.. recorder[attention][0, 0].Cast<float>()], new Shape(6, 6)).Format()}");
