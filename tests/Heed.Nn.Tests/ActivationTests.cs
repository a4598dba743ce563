using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests;

public sealed class ActivationTests
{
    [Theory]
    [GoldenData("activation_*")]
    public void Agree_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor x = golden.Input("in.x");
        GoldenModule.Check(golden, null, () => Apply(file["activation_".Length..], x), ("x", x));
    }

    private static Tensor Apply(string name, Tensor x) => name switch
    {
        "relu" => Ops.Relu(x),
        "gelu_erf" => Ops.Activate(x, Activation.Gelu),
        "gelu_tanh" => Ops.Activate(x, Activation.GeluTanh),
        "silu" => Ops.Activate(x, Activation.Silu),
        "tanh" => Ops.Tanh(x),
        "sigmoid" => Ops.Sigmoid(x),
        "softmax" => Ops.Softmax(x),
        "log_softmax" => Ops.LogSoftmax(x),
        _ => throw new ArgumentException($"no activation is named {name}"),
    };
}
