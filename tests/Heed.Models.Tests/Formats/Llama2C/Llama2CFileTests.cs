using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Llama2C;
using Heed.Testing;

namespace Heed.Models.Tests.Formats.Llama2C;

public sealed class Llama2CFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    public void Every_tensor_has_its_place(int version, bool shared)
    {
        byte[] content = Llama2CBytes.Numbered(version, shared);
        using Llama2CFile file = Llama2CFile.Open(folder.File("m.bin", content));
        int start = version == 0 ? 28 : 256;
        float First(string name) => file.ReadFloat32(name)[0];
        // dim 4, hidden 6, 2 layers, 2 heads, 1 key head, vocabulary 5, length 3: the numbers count the floats.
        Assert.Equal((content.Length - start) / 4, file.Tensors.Sum(t => t.ElementCount));
        Assert.Equal(version == 0 ? 0 : 20, First("tok_embeddings.weight"));
        Assert.Equal(version == 0 ? 24 : 4, First("layers.1.attention_norm.weight"));
        Assert.Equal(version == 0 ? 28 : 40, First("layers.0.attention.wq.weight"));
        Assert.Equal([2L, 4L], file.Find("layers.1.attention.wk.weight")!.Shape);
        Assert.Equal([4L, 6L], file.Find("layers.1.feed_forward.w2.weight")!.Shape);
        Assert.Equal(!shared, file.Find("output.weight") is not null);
        Assert.Equal((content.Length - start) / 4, shared ? file.Tensors.Sum(t => t.ElementCount) : (long)First("output.weight") + 20);
        Assert.Equal("5", file.Metadata["vocab_size"]);
    }

    [Fact]
    public void The_published_files_hold_the_same_numbers()
    {
        using Llama2CFile legacy = Llama2CFile.Open(SharedFolder.PathOrSkip("data/stories260K/stories260K_legacy.bin"));
        using Llama2CFile versioned = Llama2CFile.Open(SharedFolder.PathOrSkip("data/stories260K/stories260K_v1.bin"));
        using GgufFile gguf = GgufFile.Open(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        foreach (CheckpointTensor tensor in versioned.Tensors)
        {
            TensorAssert.SameBits(versioned.ReadFloat32(tensor.Name), legacy.ReadFloat32(tensor.Name), tensor.Name);
        }

        TensorAssert.SameBits(legacy.ReadFloat32("layers.3.feed_forward.w2.weight"), gguf.ReadFloat32("blk.3.ffn_down.weight"), "w2");
        TensorAssert.SameBits(legacy.ReadFloat32("layers.4.attention.wk.weight"), gguf.ReadFloat32("blk.4.attn_k.weight"), "wk");
    }

    private static void ReadEverything(string path)
    {
        using Llama2CFile file = Llama2CFile.Open(path);
        foreach (CheckpointTensor tensor in file.Tensors)
        {
            file.ReadFloat32(tensor.Name);
        }
    }
}
