using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Llama2C;
using Heed.Models.Tests.Formats.Gguf;
using Heed.Models.Tests.Formats.Llama2C;
using Heed.Testing;

namespace Heed.Models.Tests.Formats;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_format_is_found_out()
    {
        using ICheckpoint gguf = CheckpointFile.Open(folder.File("any.name", new GgufBytes().ToArray()));
        Assert.IsType<GgufFile>(gguf);
        using ICheckpoint bin = CheckpointFile.Open(folder.File("m.bin", Llama2CBytes.Numbered(0, shared: true)));
        Assert.IsType<Llama2CFile>(bin);
        folder.File("model.safetensors", SafetensorsBytes.File("{}", 0));
        using ICheckpoint single = CheckpointFile.Open(folder.Path);
        Assert.IsType<SafetensorsFile>(single);
    }

    [Fact]
    public void What_is_no_checkpoint_is_refused_with_the_mend()
    {
        Assert.Contains("safe_serialization", Assert.Throws<ModelFileException>(() => CheckpointFile.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("PyTorch file", Assert.Throws<ModelFileException>(() => CheckpointFile.Open(folder.File("pytorch_model.bin", [0x50, 0x4B, 3, 4, 5, 6]))).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => CheckpointFile.Open(folder.File("empty.safetensors", [])));
        Assert.Throws<FileNotFoundException>(() => CheckpointFile.Open(folder.File("none.gguf")));
    }
}
