using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Seq2Seq;

public sealed class TransformerModelTests
{
    private const double Tolerance = 2e-5;

    [Fact]
    public void Logits_loss_and_all_gradients_agree_with_PyTorch()
    {
        Golden golden = Golden.Load("transformer_seq2seq");
        TransformerModel model = GoldenModel(golden);
        TokenBatch batch = GoldenBatch(golden);
        CheckLogits(golden["out.logits"], model.Logits(batch), batch.Targets);
        using Tape tape = Tape.Begin();
        Tensor loss = model.Loss(batch, 0.1f, dropout: null);
        TensorAssert.Close(golden["out.loss"].Values, loss.Values, Tolerance, "loss");
        tape.Backward(loss);
        GoldenGradients.Check(TorchNames.Load(golden, "grad.param."), model.NamedParameters().Select(p => (p.Name, p.Tensor)), Tolerance);
    }

    [Fact]
    public void Twenty_steps_of_Adam_agree_with_PyTorch()
    {
        Golden golden = Golden.Load("transformer_seq2seq");
        TransformerModel model = GoldenModel(golden);
        TokenBatch batch = GoldenBatch(golden);
        var optimizer = new Adam(model.NamedParameters(), 1e-3f, 0.9f, 0.98f, 1e-9f);
        float[] expected = golden["out.adam_losses"].ToArray();
        for (int step = 0; step < expected.Length; step++)
        {
            using Tape tape = Tape.Begin();
            Tensor loss = model.Loss(batch, 0.1f, dropout: null);
            Assert.Equal(expected[step], loss.Item(), 1e-4f);
            optimizer.ClearGradients();
            tape.Backward(loss);
            optimizer.Step();
        }
    }

    [Fact]
    public void The_shared_table_gathers_the_gradients_of_source_target_and_output()
    {
        TransformerModel shared = SmallTransformer.Create();
        var apart = new TransformerModel(shared.Config with { ShareEmbeddings = false, TieOutput = false }, null);
        Dictionary<string, Tensor> values = shared.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        values.Remove("shared.weight", out Tensor? table);
        foreach (string name in new[] { "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight" })
        {
            values.Add(name, table!);
        }

        apart.Load(values);
        TokenBatch batch = SmallTransformer.Pack(shared, [[3, 4, 5]], [[6, 7]]);
        foreach (TransformerModel model in new[] { shared, apart })
        {
            using Tape tape = Tape.Begin();
            tape.Backward(model.Loss(batch, 0.1f, null));
        }

        Tensor sum = Ops.Add(Ops.Add(apart.SourceEmbedding.Weight.Gradient!, apart.TargetEmbedding.Weight.Gradient!), apart.Output.Weight.Gradient!);
        TensorAssert.Close(sum, shared.SourceEmbedding.Weight.Gradient!, 1e-5, "gradient of the shared table");
    }

    [Theory]
    [InlineData(true, true, "shared.weight")]
    [InlineData(true, false, "shared.weight lm_head.weight")]
    [InlineData(false, true, "encoder.embed_tokens.weight decoder.embed_tokens.weight")]
    [InlineData(false, false, "encoder.embed_tokens.weight decoder.embed_tokens.weight lm_head.weight")]
    public void Tables_have_the_names_of_Hugging_Face(bool share, bool tie, string expected)
    {
        var model = new TransformerModel(SmallTransformer.Config() with { ShareEmbeddings = share, TieOutput = tie }, null);
        IEnumerable<string> tables = model.NamedParameters().Where(p => p.Tensor.Shape[0] == SmallTransformer.VocabSize).Select(p => p.Name);
        Assert.Equal(expected.Split(' '), tables);
        Assert.Contains(model.NamedParameters(), p => p.Name == "decoder.layers.1.encoder_attn.q_proj.weight");
    }

    [Fact]
    public void Attention_maps_cover_every_layer_and_head_and_their_rows_sum_to_1()
    {
        TransformerModel model = SmallTransformer.Create();
        IReadOnlyList<AttentionMap> maps = model.AttentionMaps([3, 4, 5, 2], [1, 6, 7]);
        Assert.Equal(3 * 2 * 2, maps.Count);
        foreach (AttentionMap map in maps)
        {
            Assert.Equal(map.Kind == AttentionKind.Encoder ? 4 : 3, map.Weights.GetLength(0));
            Assert.Equal(map.Kind == AttentionKind.Decoder ? 3 : 4, map.Weights.GetLength(1));
            for (int query = 0; query < map.Weights.GetLength(0); query++)
            {
                Assert.Equal(1, Enumerable.Range(0, map.Weights.GetLength(1)).Sum(key => map.Weights[query, key]), 1e-5f);
            }
        }

        Assert.All(maps.Where(map => map.Kind == AttentionKind.Decoder), map => Assert.Equal(0, map.Weights[0, 1]));
    }

    private static TransformerModel GoldenModel(Golden golden)
    {
        var config = new TransformerConfig
        {
            VocabSize = 37,
            DModel = 24,
            NumHeads = 3,
            DFeedForward = 48,
            NumEncoderLayers = 2,
            NumDecoderLayers = 2,
            Dropout = 0,
        };
        var model = new TransformerModel(config, random: null);
        model.Load(TorchNames.Load(golden, "param."));
        return model;
    }

    // The file's padded batch, packed.
    private static TokenBatch GoldenBatch(Golden golden)
    {
        int[][] sources = Unpad(golden, "in.src"), inputs = Unpad(golden, "in.tgt_in"), labels = Unpad(golden, "in.tgt_out");
        return new TokenBatch(
            [.. sources.SelectMany(ids => ids)],
            Segments.FromLengths([.. sources.Select(ids => ids.Length)]),
            [.. inputs.SelectMany(ids => ids)],
            [.. labels.SelectMany(ids => ids)],
            Segments.FromLengths([.. inputs.Select(ids => ids.Length)]));
    }

    private static int[][] Unpad(Golden golden, string name) =>
        [.. golden.Integers(name).Chunk(golden.Shape(name)[1]).Select(ids => ids.Where(id => id != 0).ToArray())];

    private static void CheckLogits(Tensor padded, Tensor packed, Segments targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            ReadOnlySpan<float> expected = padded.RowRange(i, 1).Values[..(targets.Lengths[i] * packed.Columns)];
            TensorAssert.Close(expected, SmallTransformer.Rows(packed, targets, i).Values, Tolerance, $"logits of sentence {i}");
        }
    }
}
