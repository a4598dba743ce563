using Heed.Models.Causal;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Llama;

/// <summary>LLaMA and its relatives as GGUF files and back.</summary>
public sealed class LlamaGgufTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("llama")]
    [InlineData("llama-gqa")]
    [InlineData("llama-rope-linear")]
    [InlineData("llama-rope-llama3")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    public void A_folder_becomes_a_file_and_comes_back_the_same(string name)
    {
        PretrainedModel model = PretrainedModel.Load(SharedFolder.PathOrSkip($"golden/hf/{name}"));
        string path = folder.File("model.gguf");
        model.SaveGguf(path);
        PretrainedModel again = PretrainedModel.Load(path);
        foreach ((var expected, var actual) in model.Model.NamedParameters().Zip(again.Model.NamedParameters()))
        {
            Assert.Equal(expected.Name, actual.Name);
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }

        int[] ids = [5, 9, 20, 7, 33, 12, 8];
        var segments = Heed.Tensors.Segments.FromLengths(ids.Length);
        TensorAssert.Close(((DecoderOnlyModel)model.Model).Logits(ids, segments), ((DecoderOnlyModel)again.Model).Logits(ids, segments), 1e-5, name);
    }

    [Fact]
    public void Quantised_files_are_smaller_and_keep_the_tokenizer()
    {
        PretrainedModel model = PretrainedModel.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        string path = folder.File("q8.gguf");
        model.SaveGguf(path, GgufTensorType.Q8Zero);
        using GgufFile file = GgufFile.Open(path);
        Assert.Equal("Q8_0", file.Find("blk.0.attn_q.weight")!.DataType);
        Assert.Equal("F16", file.Find("blk.0.ffn_down.weight")!.DataType); // rows of 172
        Assert.Equal("F32", file.Find("output_norm.weight")!.DataType);
        Assert.Equal(512, file.Values.TextsOrNull("tokenizer.ggml.tokens")!.Value.Length);
        Assert.True(new FileInfo(path).Length < 500_000);
    }

    [Fact]
    public void Metadata_that_are_missing_or_impossible_are_named()
    {
        Refused("there is no metadata \"llama.attention.head_count\"", writer => { });
        Refused("numKeyHeads is 0", writer =>
        {
            writer.Add("llama.attention.head_count", GgufValue.Of(4u));
            writer.Add("llama.attention.head_count_kv", GgufValue.Of(0u));
            Sizes(writer, layers: 1);
        });
        Refused("headDim 16777216 is more than", writer =>
        {
            writer.Add("llama.attention.head_count", GgufValue.Of(4u));
            writer.Add("llama.attention.key_length", GgufValue.Of(1u << 24));
            Sizes(writer, layers: 1);
        });
        Refused("a model of 2000000000 layers", writer =>
        {
            writer.Add("llama.attention.head_count", GgufValue.Of(4u));
            Sizes(writer, layers: 2_000_000_000);
        });
    }

    [Fact]
    public void An_unknown_architecture_is_named()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", GgufValue.Of("mamba"));
        writer.Save(folder.File("m.gguf"));
        Assert.Contains("architecture \"mamba\" is not known; the known ones are llama", Assert.Throws<ModelFileException>(() => PretrainedModel.Load(folder.File("m.gguf"))).Message, StringComparison.Ordinal);
    }

    private static void Sizes(GgufWriter writer, uint layers)
    {
        writer.Add("llama.embedding_length", GgufValue.Of(8u));
        writer.Add("llama.block_count", GgufValue.Of(layers));
        writer.Add("llama.feed_forward_length", GgufValue.Of(16u));
        writer.Add("llama.context_length", GgufValue.Of(16u));
        writer.Add("llama.attention.layer_norm_rms_epsilon", GgufValue.Of(1e-5f));
    }

    private void Refused(string expected, Action<GgufWriter> add)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", GgufValue.Of("llama"));
        writer.Add("token_embd.weight", GgufTensorType.F32, [16, 8], () => new float[128]);
        add(writer);
        string path = folder.File("bad.gguf");
        writer.Save(path);
        Exception error = Assert.ThrowsAny<Exception>(() => PretrainedModel.Load(path));
        Assert.True(error is ModelFileException or Heed.Models.Configuration.ConfigException, error.ToString());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
