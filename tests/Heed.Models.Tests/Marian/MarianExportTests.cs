using Heed.Models.Bart;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Marian;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Marian;

public sealed class MarianExportTests : IDisposable
{
    private static readonly TransformerConfig Config = TransformerConfig.Tiny(50) with { DModel = 24, NumHeads = 4, DFeedForward = 40, MaxLength = 32 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_exported_model_computes_the_same()
    {
        TransformerModel model = Random();
        MarianExport.Save(model, folder.Path);
        var marian = (BartModel)PretrainedModel.Load(folder.Path).Model;
        TokenBatch batch = TokenBatch.Pack([[7, 8, 9, 10], [11, 12]], [[20, 21], [22, 23, 24]], model.BosId, model.EosId);
        TensorAssert.Close(model.Logits(batch), marian.Logits(batch), 1e-5, "logits");
        Assert.Equal((model.BosId, model.EosId, Config.PadId, Config.MaxLength), (marian.BosId, marian.EosId, marian.Config.PadId, marian.MaxLength));
    }

    [Fact]
    public void It_comes_back_unchanged()
    {
        TransformerModel model = Random();
        MarianExport.Save(model, folder.Path);
        TransformerModel again = MarianExport.Load(folder.Path);
        Assert.Equal(model.Config, again.Config);
        foreach ((var expected, var actual) in model.NamedParameters().Zip(again.NamedParameters()))
        {
            Assert.Equal(expected.Name, actual.Name);
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }
    }

    [Fact]
    public void What_neither_side_has_is_refused()
    {
        var preNorm = new TransformerModel(Config with { NormPlacement = NormPlacement.PreNorm }, random: null);
        Assert.Contains("normPlacement", Assert.Throws<ArgumentException>(() => MarianExport.Save(preNorm, folder.Path)).Message, StringComparison.Ordinal);
        string published = SharedFolder.PathOrSkip("golden/hf/marian");
        Assert.Contains("\"final_logits_bias\" is not zero", Assert.Throws<ModelFileException>(() => MarianExport.Load(published)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"encoder_layers\": 2", "\"encoder_layers\": 900000000")]
    [InlineData("\"vocab_size\": 50", "\"vocab_size\": 80000000")]
    public void A_configuration_that_asks_for_more_than_the_file_holds_is_refused_before_anything_is_made(string written, string claimed)
    {
        MarianExport.Save(Random(), folder.Path);
        string path = folder.File("config.json"), text = File.ReadAllText(path);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(written, claimed, StringComparison.Ordinal));
        Assert.Contains("they belong to different models", Assert.Throws<ConfigException>(() => MarianExport.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    // Norms and biases begin as ones and zeros, which no permutation would show.
    private static TransformerModel Random()
    {
        var model = new TransformerModel(Config, new SeededRandom(3));
        int seed = 1;
        foreach ((_, Tensor tensor) in model.NamedParameters())
        {
            Tensor noise = RandomTensor.Normal(seed++, tensor.Shape, 0.1f);
            Span<float> values = tensor.MutableValues();
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += noise.Values[i];
            }
        }

        return model;
    }
}
