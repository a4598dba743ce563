using System.Text;
using Heed.Models.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Formats;

public sealed class ShardedSafetensorsTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";

    private readonly TemporaryFolder folder = new();

    public ShardedSafetensorsTests()
    {
        Shard("one.safetensors", "a", 1);
        Shard("two.safetensors", "b", 2);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_are_read_from_the_file_that_holds_them()
    {
        folder.File(Index, """{"metadata":{"total_size":8},"weight_map":{"b":"two.safetensors","a":"one.safetensors"}}""");
        using ICheckpoint checkpoint = CheckpointFile.Open(folder.Path);
        Assert.IsType<ShardedSafetensors>(checkpoint);
        Assert.Equal(["a", "b"], checkpoint.Tensors.Select(t => t.Name));
        Assert.Equal([1f], checkpoint.ReadFloat32("a"));
        Assert.Equal([2f], checkpoint.ReadFloat32("b"));
        Assert.Null(checkpoint.Find("c"));
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"two.safetensors"}}""", "the index says that \"two.safetensors\" holds tensor \"a\", but it does not")]
    [InlineData("""{"weight_map":{"a":"three.safetensors"}}""", "the file \"three.safetensors\", which is missing")]
    [InlineData("""{"weight_map":{"a":"../one.safetensors"}}""", "must be mapped to the name of a file beside the index")]
    [InlineData("""{"weight_map":{"a":"..\\one.safetensors"}}""", "must be mapped to the name of a file beside the index")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "must be mapped to the name of a file beside the index")]
    [InlineData("""{"weight_map":{"a":".."}}""", "must be mapped to the name of a file beside the index")]
    [InlineData("""{"weight_map":{"a":""}}""", "must be mapped to the name of a file beside the index")]
    [InlineData("""{"weight_map":{"a":7}}""", "must be mapped to the name of a file beside the index, not \"7\"")]
    [InlineData("""{"weight_map":{"a":"one.safetensors","a":"one.safetensors"}}""", "\"a\" appears twice")]
    [InlineData("""{"weight_map":[]}""", "no \"weight_map\"")]
    [InlineData("[]", "no \"weight_map\"")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"weight_map":{"a":"\ud800"}}""", "not valid JSON")]
    public void Each_mistake_is_named(string index, string expected)
    {
        string path = folder.File(Index, index);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ShardedSafetensors.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_three_files_is_read()
    {
        using ICheckpoint checkpoint = CheckpointFile.Open(SharedFolder.PathOrSkip("golden/hf/llama-gqa-sharded"));
        Assert.Equal(21, checkpoint.Tensors.Count);
        Assert.All(checkpoint.Tensors, tensor => Assert.Equal(tensor.ElementCount, checkpoint.ReadFloat32(tensor.Name).Length));
        Assert.Equal(197568, checkpoint.Tensors.Sum(tensor => tensor.ByteLength));
    }

    private void Shard(string name, string tensor, float value)
    {
        var writer = new SafetensorsWriter();
        writer.Add(tensor, [1], new[] { value });
        writer.Save(folder.File(name));
    }
}
