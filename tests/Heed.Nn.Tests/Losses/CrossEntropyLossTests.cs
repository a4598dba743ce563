using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Nn.Tests.Losses;

public sealed class CrossEntropyLossTests
{
    [Theory]
    [GoldenData("cross_entropy_label_smoothing")]
    public void Agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor logits = golden.Input("in.logits");
        using Tape tape = Tape.Begin();
        Tensor loss = new CrossEntropyLoss(labelSmoothing: 0.1f, ignoredTarget: 0).Forward(logits, golden.Integers("in.target"));
        TensorAssert.Close(golden["out.loss"].Values, loss.Values, 2e-5, "loss");
        tape.Backward(loss);
        TensorAssert.Close(golden["grad.in.logits"].Values, logits.Gradient!.Values, 2e-5, "gradient");
    }

    [Fact]
    public void The_sum_is_the_mean_times_the_rows_that_count()
    {
        Tensor logits = RandomTensor.Normal(1, new Shape(5, 7));
        int[] targets = [3, 0, 6, 0, 1];
        float mean = new CrossEntropyLoss(0.2f, ignoredTarget: 0).Forward(logits, targets).Item();
        float sum = new CrossEntropyLoss(0.2f, ignoredTarget: 0, LossReduction.Sum).Forward(logits, targets).Item();
        Assert.Equal(3 * mean, sum, 1e-5);
    }

    [Fact]
    public void With_its_output_layer_agrees_with_PyTorch()
    {
        Golden golden = Golden.Load("cross_entropy_label_smoothing");
        Tensor logits = golden.Input("in.logits");
        Linear identity = Identity(logits.Columns);
        using Tape tape = Tape.Begin();
        Tensor loss = new CrossEntropyLoss(labelSmoothing: 0.1f, ignoredTarget: 0).Forward(logits, identity, golden.Integers("in.target"));
        TensorAssert.Close(golden["out.loss"].Values, loss.Values, 2e-5, "loss");
        tape.Backward(loss);
        TensorAssert.Close(golden["grad.in.logits"].Values, logits.Gradient!.Values, 2e-5, "gradient");
    }

    [Fact]
    public void A_batch_in_which_nothing_counts_has_loss_0() =>
        Assert.Equal(0, new CrossEntropyLoss(ignoredTarget: 2).Forward(RandomTensor.Normal(2, new Shape(2, 3)), new[] { 2, 2 }).Item());

    private static Linear Identity(int size)
    {
        var layer = new Linear(size, size, random: null);
        for (int i = 0; i < size; i++)
        {
            layer.Weight.MutableValues()[(i * size) + i] = 1;
        }

        return layer;
    }
}
