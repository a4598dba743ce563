#:project ../src/Heed.Nn

// Self-attention with nothing to learn: every token becomes an average of all tokens, weighted by how alike they are.
// The numbers are those of Raschka, Build a Large Language Model (From Scratch), section 3.3.
using Heed.Nn.Attention;
using Heed.Tensors;

string[] tokens = ["Your", "journey", "starts", "with", "one", "step"];
Tensor x = Tensor.From(
    [
        0.43f, 0.15f, 0.89f,
        0.55f, 0.87f, 0.66f,
        0.57f, 0.85f, 0.64f,
        0.22f, 0.58f, 0.33f,
        0.77f, 0.25f, 0.10f,
        0.05f, 0.80f, 0.55f,
    ],
    new Shape(6, 3)); // [tokens, dModel]

// One query, step by step: "journey" asks every token, itself included.
Tensor query = x.RowRange(1, 1); // [1, dModel]
Tensor scores = Ops.MatMul(query, x, transposeB: true); // [1, tokens]
Tensor weights = Ops.Softmax(scores); // [1, tokens]
Tensor context = Ops.MatMul(weights, x); // [1, dModel]
Console.WriteLine($"\"{tokens[1]}\" asks; scores:\n{scores.Format()}");
Console.WriteLine($"weights:\n{weights.Format()}");
Console.WriteLine($"context:\n{context.Format()}\n");

// All queries at once.
AttentionPattern pattern = AttentionPattern.Within(Segments.FromLengths(6));
var all = new AttentionWeights(SimplifiedSelfAttention.Settings(pattern));
Tensor contexts = SimplifiedSelfAttention.Forward(x, pattern, all);
Console.WriteLine("all weights, one row for each token that asks:");
Console.WriteLine(Tensor.From([.. all[0, 0].Cast<float>()], new Shape(6, 6)).Format());
Console.WriteLine($"all contexts:\n{contexts.Format()}");
