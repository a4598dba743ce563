using System.Text.Json.Nodes;
using Heed.Models.Causal;
using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Pretrained;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Classification;

/// <summary>Heads for classes on published models: the scores, the layout of the folder, what is kept.</summary>
public sealed class ClassifierMakerTests : IDisposable
{
    private static readonly string[] Labels = ["ham", "spam", "smoked"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gpt2", "GPT2ForSequenceClassification")]
    [InlineData("llama", "LlamaForSequenceClassification")]
    [InlineData("llama-gqa", "LlamaForSequenceClassification")]
    [InlineData("mistral", "MistralForSequenceClassification")]
    [InlineData("qwen2", "Qwen2ForSequenceClassification")]
    public void A_decoders_scores_are_the_head_times_the_last_state_that_the_library_computed(string name, string architecture)
    {
        using var golden = new GoldenFolder(name);
        PretrainedModel made = golden.Loaded.ToClassifier(Labels, new SeededRandom(3));
        made.Save(folder.Path);
        Assert.Equal(architecture, (string?)JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!["architectures"]![0]);
        using (ICheckpoint file = CheckpointFile.Open(folder.Path))
        {
            Assert.NotNull(file.Find("score.weight"));
            Assert.DoesNotContain(file.Tensors, tensor => tensor.Name.StartsWith("lm_head", StringComparison.Ordinal));
        }

        PretrainedModel again = PretrainedModel.Load(folder.Path);
        Assert.True(again.IsClassifier);
        Assert.Equal(Labels, again.Labels());
        var model = (DecoderClassifier)again.Model;
        PaddedBatch batch = golden.Batch("right");
        float[] logits = model.ClassLogits(batch.Ids, batch.Segments).ToArray();
        float[] states = golden.Expected.ReadFloat32("right.out.last_hidden_state");
        int width = model.Body.Config.DModel;
        for (int sequence = 0; sequence < batch.Count; sequence++)
        {
            int row = batch.Rows[batch.Segments.Starts[sequence] + batch.Segments.Lengths[sequence] - 1];
            for (int label = 0; label < Labels.Length; label++)
            {
                double expected = 0;
                for (int i = 0; i < width; i++)
                {
                    expected += (double)states[(row * width) + i] * model.Head.Weight.Values[(label * width) + i];
                }

                Assert.Equal(expected, logits[(sequence * Labels.Length) + label], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData("bert-mlm", "BertForSequenceClassification", "bert.pooler.dense.weight")]
    [InlineData("roberta-mlm", "RobertaForSequenceClassification", "classifier.dense.weight")]
    [InlineData("distilbert-cls", "DistilBertForSequenceClassification", "pre_classifier.weight")]
    public void An_encoder_keeps_its_body_and_gets_the_familys_head(string name, string architecture, string poolerName)
    {
        using var golden = new GoldenFolder(name);
        PretrainedModel made = golden.Loaded.ToClassifier(Labels, new SeededRandom(3), Pooling.Mean);
        made.Save(folder.Path);
        JsonNode config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!;
        Assert.Equal(architecture, (string?)config["architectures"]![0]);
        Assert.Equal("smoked", (string?)config["id2label"]!["2"]);
        Assert.Equal(1, (int?)config["label2id"]!["spam"]);
        using (ICheckpoint file = CheckpointFile.Open(folder.Path))
        {
            Assert.NotNull(file.Find(poolerName));
        }

        var again = (EncoderModel)PretrainedModel.Load(folder.Path).Model;
        Assert.Equal(Pooling.Mean, again.Config.Pooling);
        PaddedBatch batch = golden.Batch("batch");
        int[] types = golden.Expected.Contains("batch.in.token_type_ids") ? batch.Pick(golden.Expected.ReadInt64("batch.in.token_type_ids")) : [];
        golden.AssertRows("batch.out.last_hidden_state", batch, again.States(batch.Ids, batch.Segments, types).Values);
        TensorAssert.SameBits(((EncoderModel)made.Model).ClassLogits(batch.Ids, batch.Segments).Values, again.ClassLogits(batch.Ids, batch.Segments).Values, "logits");
    }

    [Fact]
    public void A_head_is_kept_for_the_same_classes_and_new_for_others()
    {
        using var golden = new GoldenFolder("bert-cls");
        float[] old = ((EncoderModel)golden.Loaded.Model).Classifier!.Weight.ToArray();
        string[] labels = [.. golden.Loaded.Labels()];
        Assert.Equal(old, HeadOf(golden.Loaded.ToClassifier(labels, new SeededRandom(1))));
        labels[0] = "renamed";
        Assert.NotEqual(old, HeadOf(golden.Loaded.ToClassifier(labels, new SeededRandom(1))));

        static float[] HeadOf(PretrainedModel model) => ((EncoderModel)model.Model).Classifier!.Weight.ToArray();
    }

    [Fact]
    public void What_cannot_be_a_classifier_is_refused()
    {
        using var golden = new GoldenFolder("gpt2");
        Assert.Contains("two classes at least, not 1 (\"ham\")", Message(() => golden.Loaded.ToClassifier(["ham"], new SeededRandom(1))), StringComparison.Ordinal);
        Assert.Contains("2 classes are called \"ham\"", Message(() => golden.Loaded.ToClassifier(["ham", "ham"], new SeededRandom(1))), StringComparison.Ordinal);
        Assert.Contains("family t5 score no classes", Message(() => PretrainedModel.Load(SharedFolder.PathOrSkip("golden/hf/t5-v1.1")).ToClassifier(Labels, new SeededRandom(1))), StringComparison.Ordinal);
        Assert.Contains("without a head for classes", Message(() => TextClassifier.Load(golden.Path)), StringComparison.Ordinal);
        golden.Loaded.ToClassifier(Labels, new SeededRandom(1)).Save(folder.Path);
        Assert.Contains("use heed classify", Message(() => TextGenerator.Load(folder.Path)), StringComparison.Ordinal);

        static string Message(Action action) => Assert.Throws<ConfigException>(action).Message;
    }

    [Theory]
    [InlineData("\"num_labels\": 2000000000", "they belong to different models")]
    [InlineData("\"id2label\": {\"0\": \"a\", \"2\": \"b\"}", "\"id2label.1\" is missing")]
    [InlineData("\"id2label\": {\"0\": \"a\", \"1\": \"a\"}", "names 2 classes \"a\"")]
    [InlineData("\"heed_pooling\": \"median\"", "must be one of mean, first, last")]
    public void Labels_that_cannot_be_are_named(string entry, string expected)
    {
        using var golden = new GoldenFolder("gpt2");
        golden.Loaded.ToClassifier(["x", "y"], new SeededRandom(1)).Save(folder.Path);
        JsonObject config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        JsonObject added = JsonNode.Parse("{" + entry + "}")!.AsObject();
        if (added.ContainsKey("num_labels"))
        {
            config.Remove("id2label");
        }

        foreach ((string key, JsonNode? value) in added)
        {
            config[key] = value?.DeepClone();
        }

        folder.File("config.json", config.ToJsonString());
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => PretrainedModel.Load(folder.Path).Labels()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameters_above_a_layer_are_the_head_the_last_layers_and_the_norm_behind_them()
    {
        using var golden = new GoldenFolder("gpt2");
        var model = (ISequenceClassifier)golden.Loaded.ToClassifier(Labels, new SeededRandom(1)).Model;
        Assert.Equal(["score.weight"], Names(0));
        Assert.Equal(((Module)model).NamedParameters().Select(p => p.Name), Names(null));
        string last = $"layers.{model.NumLayers - 1}.";
        Assert.All(Names(1), name => Assert.True(name.StartsWith(last, StringComparison.Ordinal) || name is "layer_norm.weight" or "layer_norm.bias" or "score.weight", name));
        Assert.Equal(16 + 2 + 1, Names(1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Names(model.NumLayers + 1));

        string[] Names(int? count) => [.. ClassifierParameters.From(model, count).Select(parameter => parameter.Name)];
    }

    [Fact]
    public void The_last_state_is_pooled()
    {
        Tensor states = Tensor.From([1, 2, 3, 4, 5, 6, 7, 9], new Shape(4, 2));
        Assert.Equal([1f, 2f, 7f, 9f], Pooling.Last.Pool(states, Segments.FromLengths(1, 3)).ToArray());
    }
}
