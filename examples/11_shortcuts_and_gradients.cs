#:project ../src/Heed.Nn

// Why deep networks have shortcuts: without them hardly any gradient reaches the first layers.
// The numbers are those of Raschka, Build a Large Language Model (From Scratch), section 4.4.
using System.Globalization;
using Heed.Nn;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;

foreach (bool shortcuts in new[] { false, true })
{
    var random = new PyTorchRandom(123);
    Linear[] layers = [.. Enumerable.Range(0, 5).Select(i => new Linear(3, i < 4 ? 3 : 1, random))];
    using Tape tape = Tape.Begin();
    Tensor x = Tensor.From([1, 0, -1], new Shape(1, 3));
    foreach (Linear layer in layers)
    {
        Tensor y = Ops.Activate(layer.Forward(x), Activation.GeluTanh);
        x = shortcuts && y.Shape == x.Shape ? Ops.Add(x, y) : y;
    }

    tape.Backward(Ops.Mean(Ops.Multiply(x, x))); // the squared distance from 0
    Console.WriteLine(shortcuts ? "with shortcuts" : "without shortcuts");
    for (int i = 0; i < layers.Length; i++)
    {
        float mean = layers[i].Weight.Gradient!.ToArray().Average(MathF.Abs);
        Console.WriteLine($"  layer {i}: mean |gradient| {mean.ToString("0.000000", CultureInfo.InvariantCulture)}");
    }
}

// The other part of a block: a normalisation, after which every row has mean 0 and variance 1 (section 4.2).
var generator = new PyTorchRandom(123);
Tensor batch = generator.Normal(new Shape(2, 5));
Tensor hidden = Ops.Relu(new Linear(5, 6, generator).Forward(batch));
Tensor normalized = new LayerNorm(6).Forward(hidden);
Console.WriteLine($"a layer's output:\n{hidden.Format()}\nnormalised:\n{normalized.Format()}");
