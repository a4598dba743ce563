using Heed.Models.Encoders;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Pretrained;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Models.Tests.Encoders;

/// <summary>Every encoder family against Hugging Face's library: states, attention, logits, loss, pooling.</summary>
public sealed class EncoderGoldenTests
{
    private static readonly string[] Cases = ["batch", "single"];

    public static TheoryData<string> Folders => ["bert-mlm", "bert-mlm-hub-names", "bert-cls", "distilbert-cls", "roberta-mlm"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void States_and_attention_weights_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (EncoderModel)golden.Loaded.Model;
        foreach (string name in Cases)
        {
            PaddedBatch batch = golden.Batch(name);
            var recorder = new AttentionRecorder();
            Tensor x = model.Embed(batch.Ids, batch.Segments, TokenTypes(golden, name, batch));
            golden.AssertRows($"{name}.out.hidden_states.0", batch, x.Values);
            for (int i = 0; i < model.Body.Layers.Count; i++)
            {
                x = model.Body.Layers[i].Forward(x, AttentionPattern.Within(batch.Segments), recorder: recorder);
                golden.AssertRows($"{name}.out.hidden_states.{i + 1}", batch, x.Values);
                golden.AssertWeights($"{name}.out.attentions.{i}", batch, batch, recorder[model.Body.Layers[i].SelfAttention]);
            }

            golden.AssertRows($"{name}.out.last_hidden_state", batch, model.States(batch.Ids, batch.Segments, TokenTypes(golden, name, batch)).Values);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Logits_and_loss_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (EncoderModel)golden.Loaded.Model;
        foreach (string name in Cases)
        {
            PaddedBatch batch = golden.Batch(name);
            int[] types = TokenTypes(golden, name, batch);
            long[] labels = golden.Expected.ReadInt64($"{name}.in.labels");
            Tensor logits;
            int[] targets;
            if (model.Config.Head == EncoderHead.MaskedTokens)
            {
                logits = model.TokenLogits(batch.Ids, batch.Segments, types);
                targets = batch.Pick(labels);
                golden.AssertRows($"{name}.out.logits", batch, logits.Values);
            }
            else
            {
                logits = model.ClassLogits(batch.Ids, batch.Segments, types);
                targets = [.. labels.Select(label => (int)label)];
                GoldenFolder.AssertClose(golden.Expected.ReadFloat32($"{name}.out.logits"), logits.Values, $"{name} logits");
            }

            float loss = new CrossEntropyLoss(ignoredTarget: -100).Forward(logits, targets).Item();
            GoldenFolder.AssertClose(golden.Expected.ReadFloat32($"{name}.out.loss"), [loss], $"{name} loss");
            if (model.Config.Head == EncoderHead.MaskedTokens && types.All(type => type == 0))
            {
                int[] asked = [.. targets.Select(target => target == -100 ? TextBatch.NoLabel : target)];
                GoldenFolder.AssertClose([loss], [model.TokenLoss(new TextBatch(batch.Ids, batch.Segments, asked)).Item()], $"{name} loss of the labelled places");
            }
        }
    }

    [Fact]
    public void The_loss_of_the_labelled_places_has_the_gradients_of_the_loss_over_all_scores()
    {
        using var golden = new GoldenFolder("bert-mlm");
        var model = (EncoderModel)golden.Loaded.Model;
        PaddedBatch batch = golden.Batch("batch");
        int[] labels = [.. Enumerable.Range(0, batch.Ids.Length).Select(place => place % 3 == 1 ? (place * 7) % model.Config.VocabSize : TextBatch.NoLabel)];
        float[][] expected = Gradients(() => new CrossEntropyLoss(ignoredTarget: TextBatch.NoLabel).Forward(model.TokenLogits(batch.Ids, batch.Segments), labels));
        float[][] actual = Gradients(() => model.TokenLoss(new TextBatch(batch.Ids, batch.Segments, labels)));
        foreach ((int i, NamedParameter parameter) in model.NamedParameters().Index())
        {
            TensorAssert.Close(expected[i], actual[i], 1e-4, parameter.Name, floor: 0.01);
        }

        float[][] Gradients(Func<Tensor> loss)
        {
            model.ClearGradients();
            using Tape tape = Tape.Begin();
            tape.Backward(loss());
            return [.. model.NamedParameters().Select(parameter => parameter.Tensor.Gradient?.ToArray() ?? [])];
        }
    }

    [Fact]
    public void The_pooler_gives_the_same_vectors()
    {
        using var golden = new GoldenFolder("bert-cls");
        var model = (EncoderModel)golden.Loaded.Model;
        foreach (string name in Cases)
        {
            PaddedBatch batch = golden.Batch(name);
            Tensor pooled = model.PoolerOutput(model.States(batch.Ids, batch.Segments, TokenTypes(golden, name, batch)), batch.Segments);
            GoldenFolder.AssertClose(golden.Expected.ReadFloat32($"{name}.out.pooler_output"), pooled.Values, name);
        }
    }

    [Fact]
    public void Pooling_takes_the_mean_or_the_first_of_each_sequence()
    {
        Tensor states = Tensor.From([1, 2, 3, 4, 5, 6, 7, 9], new Shape(4, 2));
        Segments sequences = Segments.FromLengths(1, 3);
        Assert.Equal([1f, 2f, 5f, 19 / 3f], Pooling.Mean.Pool(states, sequences).ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1f, 2f, 3f, 4f], Pooling.First.Pool(states, sequences).ToArray());
        Assert.Throws<ArgumentException>(() => Pooling.Mean.Pool(states, Segments.FromLengths(4, 0)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Saved_and_loaded_again_it_is_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        using var temporary = new TemporaryFolder();
        PretrainedModel again = golden.SaveAndLoad(temporary.Path);
        Assert.Equal(((EncoderModel)golden.Loaded.Model).Config, ((EncoderModel)again.Model).Config);
    }

    private static int[] TokenTypes(GoldenFolder golden, string name, PaddedBatch batch) =>
        golden.Expected.Contains($"{name}.in.token_type_ids") ? batch.Pick(golden.Expected.ReadInt64($"{name}.in.token_type_ids")) : [];
}
