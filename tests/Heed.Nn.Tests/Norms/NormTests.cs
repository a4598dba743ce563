using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Norms;

public sealed class NormTests
{
    [Theory]
    [GoldenData("layer_norm")]
    public void Layer_norm_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor x = golden.Input("in.x");
        var norm = new LayerNorm(x.Columns);
        GoldenModule.Check(golden, norm, () => norm.Forward(x), ("x", x));
    }

    [Theory]
    [GoldenData("rms_norm")]
    public void Rms_norm_agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor x = golden.Input("in.x");
        var norm = new RmsNorm(x.Columns);
        GoldenModule.Check(golden, norm, () => norm.Forward(x), ("x", x));
    }

    [Fact]
    public void A_new_norm_gives_rows_of_mean_0_and_variance_1()
    {
        Tensor y = new LayerNorm(50).Forward(RandomTensor.Normal(1, new Shape(3, 50), 7f));
        for (int row = 0; row < 3; row++)
        {
            float[] values = y.RowRange(row, 1).ToArray();
            Assert.Equal(0, values.Average(), 1e-5);
            Assert.Equal(1, values.Average(v => v * v), 1e-3);
        }
    }
}
