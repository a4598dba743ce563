using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Testing;

namespace Heed.Models.Tests.Formats.Gguf;

public sealed class GgufFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        float[] values = [.. Enumerable.Range(0, 64).Select(i => (i - 30) * 0.25f)];
        string path = Sample(values);
        using GgufFile file = GgufFile.Open(path);

        Assert.Equal(["a.weight", "b.weight", "c", "d"], file.Tensors.Select(t => t.Name));
        Assert.Equal("F32 [2, 32]", file.Find("a.weight")!.ToString());
        Assert.Equal(("F16", "Q8_0", "Q4_0"), (file.Find("b.weight")!.DataType, file.Find("c")!.DataType, file.Find("d")!.DataType));
        Assert.Equal(values, file.ReadFloat32("a.weight"));
        Assert.Equal(values, file.ReadFloat32("b.weight"));
        TensorAssert.Close(values, file.ReadFloat32("c"), 1 / 127.0, "Q8_0");
        TensorAssert.Close(values, file.ReadFloat32("d"), 1 / 8.0, "Q4_0");
        Assert.Equal("llama", file.Values.Text("general.architecture"));
        Assert.Equal("llama", file.Metadata["general.architecture"]);
        Assert.Equal("3 of Text", file.Metadata["tokenizer.ggml.tokens"]);
        Assert.Equal(["<s>", "", "ü"], file.Values.TextsOrNull("tokenizer.ggml.tokens")!.Value);
        Assert.Equal([1, -2], file.Values.IntegersOrNull("numbers")!.Value);
        Assert.Equal([0.5f], file.Values.NumbersOrNull("scores")!.Value);
        Assert.Equal(7, file.Values.Integer("count"));
        Assert.Equal(1e-5f, file.Values.Number("epsilon"));
        Assert.True(file.Values.FlagOrNull("flag"));
        Assert.Null(file.Values.IntegerOrNull("nothing"));
    }

    [Fact]
    public void A_value_of_another_type_is_named_with_what_is_there()
    {
        using GgufFile file = GgufFile.Open(Sample(new float[64]));
        Assert.Contains("metadata \"epsilon\" is Float32 \"1E-05\"; expected an integer", Assert.Throws<ModelFileException>(() => file.Values.Integer("epsilon")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no metadata \"llama.block_count\"", Assert.Throws<ModelFileException>(() => file.Values.Integer("llama.block_count")).Message, StringComparison.Ordinal);
        Assert.Contains("is 3 of Text; expected an array of floats", Assert.Throws<ModelFileException>(() => file.Values.NumbersOrNull("tokenizer.ggml.tokens")).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor \"x\" among the 4", Assert.Throws<ModelFileException>(() => file.ReadFloat32("x")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => file.ReadFloat32("c", new float[63]));
    }

    [Fact]
    public void The_writer_refuses_what_the_format_cannot_hold()
    {
        var writer = new GgufWriter();
        Assert.Contains("multiples of 32", Assert.Throws<ArgumentException>(() => writer.Add("x", GgufTensorType.Q8Zero, [2, 33], () => new float[66])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => writer.Add("x", GgufTensorType.Q6K, [256], () => new float[256]));
        writer.Add("x", GgufTensorType.F16, [1], () => new float[] { 1e6f });
        Assert.Throws<ArgumentException>(() => writer.Add("x", GgufTensorType.F16, [1], () => new float[1]));
        Assert.Contains("too large for F16", Assert.Throws<OverflowException>(() => writer.Save(folder.File("x.gguf"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("x.gguf")));
    }

    [Fact]
    public void Each_mistake_is_named()
    {
        Refused(new GgufBytes(magic: 1).ToArray(), "begins with 0x00000001 instead of \"GGUF\"");
        Refused(new GgufBytes(version: 2).ToArray(), "the GGUF version is 2, only 3 is supported; convert it");
        Refused(new GgufBytes(version: 0x03000000).ToArray(), "big-endian");
        Refused(new GgufBytes(tensors: ulong.MaxValue).ToArray(), "the number of tensors at byte 8 is 18446744073709551615, more than the 1048576 allowed");
        Refused(new GgufBytes(tensors: 100).ToArray(), "the number of tensors at byte 8 is 100, but only 8 bytes follow");
        Refused(new GgufBytes(keys: 1).ToArray(), "the number of metadata keys at byte 16 is 1, but only 0 bytes follow");
        Refused(new GgufBytes(keys: 1).Text("k").Number(99).Number(0L).ToArray(), "metadata \"k\" has the unknown type 99");
        Refused(new GgufBytes(keys: 1).Text("").Number(4).Number(0L).ToArray(), "metadata key 0 has no name");
        Refused(new GgufBytes(keys: 1).Text([0xFF, 0xFE]).Number(4).Number(0L).ToArray(), "the name of metadata key 0 at byte 24 is not valid UTF-8");
        Refused(new GgufBytes(keys: 1).Text("k").Number(8).Text([0xC3]).ToArray(), "metadata \"k\" at byte 37 is not valid UTF-8");
        Refused(new GgufBytes(keys: 1).Text("k").Number(7).Number((byte)2).Number(0).ToArray(), "is a truth value of 2");
        Refused(new GgufBytes(keys: 1).Text("k").Number(9).Number(9).Number(1L).ToArray(), "array of arrays");
        Refused(new GgufBytes(keys: 1).Text("k").Number(9).Number(4).Number(1L << 60).ToArray(), "the number of elements of metadata \"k\" at byte 41 is 1152921504606846976, more than");
        Refused(new GgufBytes(keys: 2).Text("k").Number(0).Number((byte)2).Text("k").Number(0).Number((byte)2).ToArray(), "metadata \"k\" appears twice");
        Refused(new GgufBytes(keys: 1).Text("general.alignment").Number(4).Number(33).ToArray(), "\"general.alignment\" is 33; expected a power of two");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [1, 1, 1, 1, 1], 0, 0).WithData(4), "has 5 axes, more than the 4 allowed");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [4], 99, 0).WithData(16), "tensor \"t\" has the unknown type 99; known are F32, F16, Q4_0");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [33], 8, 0).WithData(64), "rows of 33 elements, which blocks of 32 (Q8_0) do not divide");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [1UL << 62, 8], 0, 0).WithData(4), "impossible shape");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [ulong.MaxValue], 0, 0).WithData(4), "impossible shape [-1]");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [4], 0, 0).WithData(15), "has 16 bytes at offset 0, but only 15 bytes of data follow");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [4], 0, ulong.MaxValue - 31).WithData(16), "but only 16 bytes of data follow");
        Refused(new GgufBytes(tensors: 1).Tensor("t", [4], 0, 8).WithData(64), "the offset 8, no multiple of the alignment 32");
        Refused(new GgufBytes(tensors: 2).Tensor("t", [12], 0, 0).Tensor("u", [4], 0, 32).WithData(64), "tensor \"u\" begins at offset 32, inside tensor \"t\", which ends at 48");
        Refused(new GgufBytes(tensors: 2).Tensor("t", [4], 0, 0).Tensor("t", [4], 0, 32).WithData(64), "tensor \"t\" appears twice");
    }

    [Fact]
    public void Tensors_of_types_that_cannot_be_read_are_still_listed()
    {
        using GgufFile file = GgufFile.Open(folder.File("k.gguf", new GgufBytes(tensors: 1).Tensor("t", [256], 10, 0).WithData(96)));
        Assert.Equal("Q2_K [256]", file.Tensors[0].ToString());
        Assert.Contains("\"t\" is stored as Q2_K, which cannot be read", Assert.Throws<ModelFileException>(() => file.ReadFloat32("t")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_count_is_refused_before_it_is_allocated()
    {
        byte[] file = new GgufBytes(keys: 1).Text("k").Number(9).Number(8).Number(1L << 23).WithData(1 << 16);
        string path = folder.File("huge.gguf", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ModelFileException>(() => GgufFile.Open(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void The_published_file_is_read()
    {
        using GgufFile file = GgufFile.Open(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        Assert.Equal(48, file.Tensors.Count);
        Assert.Equal(("llama", 5, 512), (file.Values.Text("general.architecture"), file.Values.Integer("llama.block_count"), file.Values.TextsOrNull("tokenizer.ggml.tokens")!.Value.Length));
        Assert.Equal([512L, 64L], file.Find("token_embd.weight")!.Shape);
        Assert.All(file.ReadFloat32("blk.4.ffn_down.weight"), value => Assert.True(float.IsFinite(value)));
    }

    private static void ReadEverything(string path)
    {
        using GgufFile file = GgufFile.Open(path);
        foreach (CheckpointTensor tensor in file.Tensors)
        {
            file.ReadFloat32(tensor.Name);
        }
    }

    private void Refused(byte[] content, string expected)
    {
        string path = folder.File("bad.gguf", content);
        var error = Assert.Throws<ModelFileException>(() => GgufFile.Open(path));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private string Sample(float[] values)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", GgufValue.Of("llama"));
        writer.Add("tokenizer.ggml.tokens", GgufValue.Of("<s>", "", "ü"));
        writer.Add("numbers", GgufValue.Of(1, -2));
        writer.Add("scores", GgufValue.Of([0.5f]));
        writer.Add("count", GgufValue.Of(7u));
        writer.Add("epsilon", GgufValue.Of(1e-5f));
        writer.Add("flag", GgufValue.Of(true));
        writer.Add("d", GgufTensorType.Q4Zero, [2, 32], () => values);
        writer.Add("b.weight", GgufTensorType.F16, [64], () => values);
        writer.Add("c", GgufTensorType.Q8Zero, [2, 32], () => values);
        writer.Add("a.weight", GgufTensorType.F32, [2, 32], () => values); // the last one without padding behind, so that no byte can be spared
        string path = folder.File("sample.gguf");
        writer.Save(path);
        return path;
    }
}
