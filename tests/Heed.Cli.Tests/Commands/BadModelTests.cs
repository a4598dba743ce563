using System.Buffers.Binary;
using System.Text;
using Heed.Testing;

namespace Heed.Cli.Tests.Commands;

/// <summary>What the commands say to a model folder that is incomplete, damaged or hostile.</summary>
[Collection(nameof(CommandLine))]
public sealed class BadModelTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_missing_piece(string name)
    {
        string model = trained.CopyTo(folder.File("model"));
        File.Delete(Path.Combine(model, name));
        Translate(model).FailsWith(2, $"there is no {name}");
    }

    [Theory]
    [InlineData("generation_config.json")]
    [InlineData("README.md")]
    public void A_piece_that_may_be_missing(string name)
    {
        string model = trained.CopyTo(folder.File("model"));
        File.Delete(Path.Combine(model, name));
        Translate(model).Succeeds();
    }

    [Fact]
    public void A_folder_that_is_not_there() => Translate(folder.File("nowhere")).FailsWith(2, "there is no model folder");

    [Fact]
    public void The_folder_of_a_run_and_a_translator_where_text_is_continued()
    {
        Translate(trained.Run).FailsWith(2, $"this is the folder of a run; its model is in {trained.Model}");
        CommandLine.Run("generate", "--model", trained.Model, "rot").FailsWith(2, "\"heed_transformer\", a translator of heed train; use it with heed translate");
    }

    [Fact]
    public void Truncated_weights()
    {
        string model = trained.CopyTo(folder.File("model"));
        string path = Path.Combine(model, "model.safetensors");
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 7, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Translate(model).FailsWith(2, "model.safetensors");
            CommandLine.Run("inspect", path).FailsWith(2, "model.safetensors");
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12)] // overlapping
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,80]}}""", 8)] // beyond the end
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8)] // backwards
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", 8)] // its size overflows to 0
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":""", 8)]
    public void Hostile_weights(string header, int dataBytes)
    {
        string model = trained.CopyTo(folder.File("model"));
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        File.WriteAllBytes(Path.Combine(model, "model.safetensors"), file);
        Translate(model).FailsWith(2, "model.safetensors");
        CommandLine.Run("inspect", Path.Combine(model, "model.safetensors")).FailsWith(2, "model.safetensors");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 40)]
    public void A_huge_header_is_refused_before_memory_is_taken_for_it(long length)
    {
        string model = trained.CopyTo(folder.File("model"));
        byte[] file = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        File.WriteAllBytes(Path.Combine(model, "model.safetensors"), file);
        Translate(model).FailsWith(2, "model.safetensors", "header");
    }

    [Theory]
    [InlineData("config.json", "{")]
    [InlineData("config.json", "{}")]
    [InlineData("config.json", """{"model_type":"of another world"}""")]
    [InlineData("tokenizer.json", "[]")]
    [InlineData("tokenizer.json", "\0\0\0")]
    [InlineData("generation_config.json", """{"num_beams":-5}""")]
    public void A_damaged_description(string name, string content)
    {
        string model = trained.CopyTo(folder.File("model"));
        File.WriteAllText(Path.Combine(model, name), content);
        Translate(model).FailsWith(2, name);
    }

    private static CommandResult Translate(string model) => CommandLine.Run("translate", "--model", model, "rot");
}
