#:project ../src/Heed.Nn

// The numbers that PyTorch draws, so that a book written with it can be followed digit by digit: type its seed.
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

Console.WriteLine($"torch.rand(2, 3):\n{new PyTorchRandom(123).Uniform(new Shape(2, 3)).Format()}");
Console.WriteLine($"torch.randn(8), drawn one by one:\n{new PyTorchRandom(123).Normal(new Shape(8)).Format()}");
Console.WriteLine($"the first of torch.randn(17), drawn in blocks of 16:\n{new PyTorchRandom(123).Normal(new Shape(17)).RowRange(0, 4).Format()}");
Console.WriteLine($"torch.randperm(10): {string.Join(' ', new PyTorchRandom(123).Permutation(10))}");
Console.WriteLine($"DataLoader(shuffle=True) over 5 items: {string.Join(' ', new PyTorchRandom(123).LoaderOrder(5, shuffle: true))}");
Console.WriteLine($"torch.multinomial of 0.1 0.2 0.7: {new PyTorchRandom(123).Multinomial([0.1f, 0.2f, 0.7f])[0]}\n");

// Layers that are handed this generator begin as PyTorch's do.
Console.WriteLine($"nn.Embedding(6, 3) (Raschka, section 2.7):\n{new Embedding(6, 3, new PyTorchRandom(123)).Weight.Format()}");
var random = new PyTorchRandom(123);
Tensor batch = random.Normal(new Shape(2, 5));
var linear = new Linear(5, 6, random);
Console.WriteLine($"nn.Linear(5, 6) and ReLU of torch.randn(2, 5) (section 4.2):\n{Ops.Relu(linear.Forward(batch)).Format()}\n");

// A network of appendix A: 50-30-20-3.
var generator = new PyTorchRandom(123);
Linear[] layers = [new(50, 30, generator), new(30, 20, generator), new(20, 3, generator)];
Tensor x = new PyTorchRandom(123).Uniform(new Shape(1, 50));
Tensor logits = layers[2].Forward(Ops.Relu(layers[1].Forward(Ops.Relu(layers[0].Forward(x)))));
Console.WriteLine($"appendix A's logits:\n{logits.Format()}\nand softmax:\n{Ops.Softmax(logits).Format()}");
