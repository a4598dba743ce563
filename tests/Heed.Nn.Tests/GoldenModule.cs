using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Nn.Tests;

/// <summary>Compares a module's outputs and gradients with PyTorch's.</summary>
internal static class GoldenModule
{
    private const double Tolerance = 2e-5;

    /// <summary>Runs forward and backward and compares everything that the file holds.</summary>
    /// <param name="golden">The file.</param>
    /// <param name="module">Gets the file's parameters; null for a function without any.</param>
    /// <param name="forward">Computes <c>out.y</c>, in any shape that has the same elements in the same order.</param>
    /// <param name="inputs">The inputs under their names in the file.</param>
    public static void Check(Golden golden, Module? module, Func<Tensor> forward, params (string Name, Tensor Tensor)[] inputs)
    {
        module?.Load(TorchNames.Load(golden, "param."));
        using Tape tape = Tape.Begin();
        Tensor y = forward();
        TensorAssert.Close(golden["out.y"].Values, y.Values, Tolerance, "output");
        tape.Backward(y, Ops.Reshape(golden["in.upstream"], y.Shape));
        foreach ((string name, Tensor tensor) in inputs)
        {
            TensorAssert.Close(golden[$"grad.in.{name}"].Values, tensor.Gradient!.Values, Tolerance, $"gradient of {name}");
        }

        if (module is not null)
        {
            GoldenGradients.Check(TorchNames.Load(golden, "grad.param."), module.NamedParameters().Select(p => (p.Name, p.Tensor)), Tolerance);
        }
    }

    /// <summary>The lengths of the unpadded prefixes that a mask [batch, time], true at padding, leaves.</summary>
    public static int[] Lengths(Golden golden, string name)
    {
        int time = golden.Shape(name)[1];
        return [.. golden.Booleans(name).Chunk(time).Select(row => row.Count(padding => !padding))];
    }

    /// <summary>An input [batch, time, features] as packed rows whose gradient is wanted.</summary>
    public static Tensor Rows(Golden golden, string name)
    {
        Tensor x = golden[name];
        return Ops.Reshape(x, new Shape(x.Rows, x.Columns)).WithGradient();
    }
}
