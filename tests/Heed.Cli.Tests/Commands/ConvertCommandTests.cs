using Heed.Models.Adapters;
using Heed.Models.Marian;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>convert, and inspect of what it writes.</summary>
[Collection(nameof(CommandLine))]
public sealed class ConvertCommandTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_becomes_a_gguf_file_and_a_folder_of_shards()
    {
        string source = SharedFolder.PathOrSkip("data/stories260K/stories260K_v1.bin");
        string gguf = folder.File("stories.gguf"), half = folder.File("half");
        CommandLine.Run("convert", source, gguf, "--dtype", "q8_0").Succeeds();
        CommandLine.Run("convert", gguf, half, "--dtype", "bf16").Succeeds();
        CommandResult seen = CommandLine.Run("inspect", half).Succeeds();
        Assert.Contains(seen.Lines, line => line.StartsWith("architecture", StringComparison.Ordinal) && line.EndsWith("llama", StringComparison.Ordinal));
        Assert.Contains(seen.Lines, line => line.StartsWith("all", StringComparison.Ordinal) && line.Contains("260,032", StringComparison.Ordinal));
        Assert.Contains(CommandLine.Run("inspect", gguf).Succeeds().Lines, line => line.StartsWith("blk.0", StringComparison.Ordinal) && line.Contains("Q8_0", StringComparison.Ordinal));
        Assert.Contains(CommandLine.Run("inspect", source).Succeeds().Lines, line => line.StartsWith("n_layers", StringComparison.Ordinal) && line.EndsWith('5'));
    }

    [Fact]
    public void The_tokenizer_and_the_chat_template_go_along_in_both_directions()
    {
        string source = folder.File("source"), gguf = folder.File("model.gguf"), back = folder.File("back");
        Directory.CreateDirectory(source);
        foreach (string file in Directory.GetFiles(SharedFolder.PathOrSkip("data/stories260K"), "*.gguf"))
        {
            CommandLine.Run("convert", file, Path.Combine(source, "folder")).Succeeds();
        }

        source = Path.Combine(source, "folder");
        Assert.True(File.Exists(Path.Combine(source, "tokenizer.model")));
        File.WriteAllText(Path.Combine(source, "chat_template.jinja"), "{{ messages[0].content }}");
        CommandLine.Run("convert", source, gguf).Succeeds();
        CommandLine.Run("convert", gguf, back).Succeeds();
        Assert.Contains("{{ messages[0].content }}", File.ReadAllText(Path.Combine(back, "tokenizer_config.json")), StringComparison.Ordinal);
        string[] texts = [.. ((string[])[source, gguf, back]).Select(model => CommandLine.Run("generate", "--model", model, "Once upon a time", "--max-tokens", "20").Succeeds().Output)];
        Assert.Single(texts.Distinct());
        Assert.Equal(CommandLine.Run("tokenizer", "encode", "--model", gguf, "A cat").Succeeds().Output, CommandLine.Run("tokenizer", "encode", "--model", back, "A cat").Succeeds().Output);
    }

    [Fact]
    public void A_trained_Transformer_becomes_a_Marian_folder_with_its_tokenizer()
    {
        string marian = folder.File("marian");
        CommandLine.Run("convert", trained.Model, marian).Succeeds();
        Assert.Equal("marian", PretrainedModel.Load(marian).Architecture);
        Assert.True(File.Exists(Path.Combine(marian, "tokenizer.json")));
        TransformerModel back = MarianExport.Load(marian);
        foreach ((var expected, var actual) in trained.Translator.Model.NamedParameters().Zip(back.NamedParameters()))
        {
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }
    }

    [Fact]
    public void An_adapter_is_merged_and_generates_what_it_does_beside_the_model()
    {
        string source = SharedFolder.PathOrSkip("data/stories260K/stories260K_v1.bin"), tokenizer = SharedFolder.PathOrSkip("data/stories260K/tok512.bin");
        ModelAdapter adapter = ModelAdapter.Create(PretrainedModel.Load(source), new AdapterConfig { Rank = 2 }, new SeededRandom(1));
        foreach ((_, Tensor tensor) in adapter.NamedParameters())
        {
            RandomTensor.Normal(3, tensor.Shape, 0.2f).Values.CopyTo(tensor.MutableValues());
        }

        string saved = folder.File("adapter"), merged = folder.File("merged");
        adapter.Save(saved);
        CommandLine.Run("convert", source, merged, "--adapter", saved).Succeeds();
        string Generate(params string[] model) =>
            CommandLine.Run(["generate", "Once upon a time", "--tokenizer", tokenizer, "--max-tokens", "12", "--temperature", "0", .. model]).Succeeds().Output;
        string beside = Generate("--model", source, "--adapter", saved);
        Assert.Equal(beside, Generate("--model", merged));
        Assert.NotEqual(beside, Generate("--model", source));
        CommandLine.Run("convert", trained.Model, folder.File("x"), "--adapter", saved).FailsWith(2, "the adapter is for another model");
        CommandLine.Run("generate", "--model", source, "--tokenizer", tokenizer, "--adapter", folder.File("nothing"), "x").FailsWith(2, "there is no adapter_config.json");
    }

    [Fact]
    public void What_cannot_be_converted_says_why()
    {
        CommandLine.Run("convert", trained.Model, trained.Model).FailsWith(2, "exists; name a new file or folder");
        CommandLine.Run("convert", trained.Model, folder.File("x"), "--dtype", "q8_0").FailsWith(2, "--dtype q8_0 cannot be stored in a folder");
        CommandLine.Run("convert", trained.Model, folder.File("x.gguf"), "--dtype", "bf16").FailsWith(2, "--dtype bf16 cannot be written");
        CommandLine.Run("convert", folder.File("nothing"), folder.File("x")).FailsWith(2, "there is no file");
        CommandLine.Run("convert", folder.File("bad.gguf", [0x47, 0x47, 0x55, 0x46, 9]), folder.File("x")).FailsWith(2, "bad.gguf");
        Assert.False(Path.Exists(folder.File("x")));
    }
}
