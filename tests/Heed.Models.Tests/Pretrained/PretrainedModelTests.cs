using System.Text;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Formats;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Pretrained;

/// <summary>Folders that are not what they should be.</summary>
public sealed class PretrainedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_without_configuration_is_refused()
    {
        folder.File("model.safetensors", SafetensorsBytes.File("{}", 0));
        Assert.Contains("there is no config.json", Assert.Throws<ModelFileException>(() => PretrainedModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"model_type\" is missing")]
    [InlineData("""{"model_type":"mamba"}""", "\"model_type\" \"mamba\" is not known; the known ones are llama, mistral, qwen2, gpt2, bert, roberta, distilbert, t5, marian, bart")]
    [InlineData("""{"model_type":"gpt2"}""", "\"n_embd\" is missing")]
    [InlineData("""{"model_type":"gpt2","n_embd":"wide"}""", "\"n_embd\" must be a whole number of 32 bits, not \"wide\"")]
    [InlineData("""{"model_type":"gpt2","n_embd":8,"n_layer":1,"n_head":3,"vocab_size":5,"n_positions":4}""", "dModel 8 is not divisible by numHeads 3")]
    [InlineData("""{"model_type":"gpt2","n_embd":8,"n_layer":1000000000,"n_head":2,"vocab_size":5,"n_positions":4}""", "a model of 1000000000 layers")]
    [InlineData("""{"model_type":"gpt2","n_embd":8,"n_layer":0,"n_head":2,"vocab_size":5,"n_positions":4}""", "numLayers is 0")]
    [InlineData("""{"model_type":"gpt2","n_embd":8,"n_layer":1,"n_head":2,"vocab_size":5,"n_positions":4,"activation_function":"mish"}""", "\"activation_function\" must be one of relu, gelu, gelu_new")]
    [InlineData("""{"model_type":"gpt2","n_embd":8,"n_layer":1,"n_head":2,"vocab_size":5,"n_positions":4,"scale_attn_weights":false}""", "\"scale_attn_weights\" is false, which is not supported")]
    [InlineData("""{"model_type":"bert","architectures":["BertForQuestionAnswering"]}""", "\"architectures\" names \"BertForQuestionAnswering\"")]
    public void Each_mistake_in_a_configuration_is_named(string config, string expected)
    {
        folder.File("model.safetensors", SafetensorsBytes.File("{}", 0));
        folder.File("config.json", config);
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => PretrainedModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>A run that is trained on after its end saves its model a second time.</summary>
    [Theory]
    [InlineData("stories260K/tok512.bin")]
    [InlineData("tokenizers/sentencepiece/spm_example.model")]
    [InlineData("tokenizers/bert/bert_base_cased_vocab.txt")]
    [InlineData("tokenizers/tiktoken/r50k_base.tiktoken")]
    public void A_saved_model_is_replaced_and_finds_its_tokenizer_whatever_that_was_called(string file)
    {
        var tokenizer = Tokenizer.Load(SharedFolder.PathOrSkip("data/" + file));
        var sizes = new NewModel { Family = NewModelFamily.Gpt2, VocabSize = tokenizer.VocabSize, DModel = 2, NumLayers = 1, NumHeads = 1, MaxLength = 8, EosId = 0 };
        var model = PretrainedModel.Create(sizes.ToConfig(), new SeededRandom(1));
        string saved = folder.File("model");
        for (int i = 0; i < 2; i++)
        {
            model.SaveWith(saved, tokenizer, ModelUse.TextGeneration, new ModelCard { Name = "test", Data = [], Training = [], Scores = [] });
        }

        Assert.Equal(tokenizer.Encode("This is a test."), PretrainedTokenizer.OfModel(saved).Encode("This is a test."));
    }

    [Fact]
    public void Tensors_that_are_missing_or_too_many_are_named_as_the_file_names_them()
    {
        string source = SharedFolder.PathOrSkip("golden/hf/llama-gqa");
        File.Copy(Path.Combine(source, "config.json"), folder.File("config.json"));
        using SafetensorsFile weights = SafetensorsFile.Open(Path.Combine(source, "model.safetensors"));
        var writer = new SafetensorsWriter();
        foreach (SafetensorsEntry entry in weights.Entries)
        {
            string name = entry.Name == "model.layers.1.mlp.up_proj.weight" ? "model.layers.1.mlp.up.weight" : entry.Name;
            writer.Add(name, [.. entry.Shape], weights.ReadFloat32(entry.Name));
        }

        writer.Save(folder.File("model.safetensors"));
        string message = Assert.Throws<ModelFileException>(() => PretrainedModel.Load(folder.Path)).Message;
        Assert.Contains("'model.layers.1.mlp.up_proj.weight' [80, 48] is missing", message, StringComparison.Ordinal);
        Assert.Contains("'model.layers.1.mlp.up.weight' is not a parameter of the model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_named()
    {
        string source = SharedFolder.PathOrSkip("golden/hf/llama-gqa");
        File.Copy(Path.Combine(source, "config.json"), folder.File("config.json"));
        byte[] bytes = File.ReadAllBytes(Path.Combine(source, "model.safetensors"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        folder.File("model.safetensors", bytes);
        Assert.Contains("holds NaN at element", Assert.Throws<ModelFileException>(() => PretrainedModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_a_configuration_is_survived()
    {
        string source = SharedFolder.PathOrSkip("golden/hf/llama-rope-llama3");
        File.Copy(Path.Combine(source, "model.safetensors"), folder.File("model.safetensors"));
        byte[] config = File.ReadAllBytes(Path.Combine(source, "config.json"));
        var random = new Random(RandomTensor.FreshSeed());
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. config];
            damaged[random.Next(damaged.Length)] = (byte)"0129{}[],\".-e"[random.Next(13)];
            folder.File("config.json", damaged);
            Exception? error = Record.Exception(() => PretrainedModel.Load(folder.Path));
            Assert.True(error is null or ConfigException or ModelFileException, $"{Encoding.UTF8.GetString(damaged)}: {error}");
        }
    }

    [Fact]
    public void Weights_are_saved_in_the_asked_width()
    {
        PretrainedModel model = PretrainedModel.Load(SharedFolder.PathOrSkip("golden/hf/llama-bf16"));
        model.Save(folder.Path, SafetensorsDataType.BFloat16);
        using ICheckpoint saved = CheckpointFile.Open(folder.Path);
        Assert.All(saved.Tensors, tensor => Assert.Equal("BF16", tensor.DataType));
        Assert.Contains("\"torch_dtype\": \"bfloat16\"", File.ReadAllText(folder.File("config.json")), StringComparison.Ordinal);
        foreach ((var expected, var actual) in model.Model.NamedParameters().Zip(PretrainedModel.Load(folder.Path).Model.NamedParameters()))
        {
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }

        Assert.Throws<ArgumentException>(() => model.Save(folder.Path, SafetensorsDataType.Int64));
    }
}
