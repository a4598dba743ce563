using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

public sealed class BahdanauAttentionTests
{
    [Theory]
    [GoldenData("bahdanau_attention")]
    public void Agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] memoryShape = golden.Shape("in.h");
        int[] lengths = GoldenModule.Lengths(golden, "in.pad");
        var attention = new BahdanauAttention(golden.Shape("in.s")[1], memoryShape[2], golden.Shape("param.v.weight")[1], null);
        var recorder = new AttentionRecorder();
        Tensor s = golden.Input("in.s"), h = GoldenModule.Rows(golden, "in.h");
        GoldenModule.Check(golden, attention, () => attention.Forward(s, attention.Project(h), Segments.Padded(memoryShape[1], lengths), recorder), ("s", s), ("h", h));
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int j = 0; j < lengths[i]; j++)
            {
                Assert.Equal(golden["out.weights"].Values[(i * memoryShape[1]) + j], recorder[attention][i, 0][0, j], 2e-5f);
            }
        }
    }

    [Fact]
    public void Gradients_pass_finite_differences()
    {
        var attention = new BahdanauAttention(3, 2, 4, new SeededRandom(1));
        Segments shared = Segments.At(5, [0, 0, 2], [2, 2, 3]); // two hypotheses of one sentence, and another sentence
        Tensor[] inputs = [RandomTensor.Normal(2, new Shape(3, 3)), RandomTensor.Normal(3, new Shape(5, 2)), .. attention.NamedParameters().Select(p => p.Tensor)];
        GradientCheck.Run(x => attention.Forward(x[0], attention.Project(x[1]), shared), inputs);
    }

    [Fact]
    public void Memory_of_width_1_works()
    {
        var attention = new BahdanauAttention(3, 1, 4, new SeededRandom(4));
        Tensor memory = Tensor.Full(new Shape(4, 1), 2.5f);
        Tensor context = attention.Forward(RandomTensor.Normal(5, new Shape(2, 3)), attention.Project(memory), Segments.FromLengths(3, 1));
        Assert.Equal([2.5f, 2.5f], context.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
