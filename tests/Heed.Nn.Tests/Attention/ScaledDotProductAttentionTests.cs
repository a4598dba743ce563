using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

public sealed class ScaledDotProductAttentionTests
{
    [Theory]
    [GoldenData("attention_*")]
    public void Agrees_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        int[] shape = golden.Shape("in.q"); // [batch, heads, queries, headDim]
        int batch = shape[0], numHeads = shape[1], queries = shape[2];
        int keys = golden.Shape("in.k")[2];
        Segments keySegments = golden.Has("in.pad") ? Segments.Padded(keys, GoldenModule.Lengths(golden, "in.pad")) : Segments.Uniform(batch, keys);
        var pattern = new AttentionPattern(Segments.Uniform(batch, queries), keySegments, Causal: file == "attention_causal");
        AttentionSettings settings = pattern.ToSettings(numHeads);
        var weights = new AttentionWeights(settings);
        Tensor q = golden.Input("in.q"), k = golden.Input("in.k"), v = golden.Input("in.v");
        GoldenModule.Check(
            golden,
            null,
            () => Unpack(ScaledDotProductAttention.Forward(Pack(q), Pack(k), Pack(v), settings, weights), batch, numHeads),
            ("q", q),
            ("k", k),
            ("v", v));
        GoldenWeights.Check(golden["out.weights"], weights);
    }

    private static Tensor Pack(Tensor x) =>
        Ops.Reshape(Ops.Permute(x, 0, 2, 1, 3), new Shape(x.Shape[0] * x.Shape[2], x.Shape[1] * x.Shape[3]));

    private static Tensor Unpack(Tensor x, int batch, int numHeads) =>
        Ops.Permute(Ops.Reshape(x, new Shape(batch, x.Rows / batch, numHeads, x.Columns / numHeads)), 0, 2, 1, 3);
}
