using System.Text;
using Heed.Models.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Formats;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string Good =
        """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"a":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Path(byte[] content) => folder.File("model.safetensors", content);

    [Fact]
    public void Lists_entries_in_name_order_with_their_places_and_metadata()
    {
        using var file = SafetensorsFile.Open(Path(SafetensorsBytes.File(Good, 32)));

        Assert.Equal(["a", "b"], file.Entries.Select(e => e.Name));
        var b = file["b"];
        Assert.Equal(SafetensorsDataType.Float32, b.DataType);
        Assert.Equal([2L, 3L], b.Shape);
        Assert.Equal((8 + Good.Length, 24, 6), (b.Offset, b.ByteLength, b.ElementCount));
        Assert.Equal(1, file["a"].ElementCount);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.True(file.Contains("a"));
        Assert.False(file.Contains("c"));
    }

    [Fact]
    public void Reads_the_stored_bytes_and_values()
    {
        byte[] bytes = SafetensorsBytes.File(Good, 32);
        using var file = SafetensorsFile.Open(Path(bytes));

        Assert.Equal(bytes[(8 + Good.Length)..(8 + Good.Length + 24)], file.ReadBytes("b"));
        Assert.Equal([BitConverter.ToInt64(bytes, bytes.Length - 8)], file.ReadInt64("a"));
        Assert.Equal(BitConverter.ToSingle(bytes, 8 + Good.Length + 4), file.ReadFloat32("b")[1]);
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{}      ", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,7],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"z":{"dtype":"F32","shape":[0],"data_offsets":[1,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"comment":{"later":["version"]}}}""", 1)]
    [InlineData("""{"\u00fc":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1)]
    public void Accepts_every_well_formed_file(string header, int dataLength)
    {
        using var file = SafetensorsFile.Open(Path(SafetensorsBytes.File(header, dataLength)));
        foreach (var entry in file.Entries)
        {
            Assert.Equal(entry.ByteLength, file.ReadBytes(entry.Name).Length);
        }
    }

    [Theory]
    [InlineData("[]", 0, "must begin with '{'")]
    [InlineData("  {}", 0, "must begin with '{'")]
    [InlineData("", 0, "must begin with '{'")]
    [InlineData("{", 0, "not valid JSON near byte")]
    [InlineData("{} x", 0, "not valid JSON near byte")]
    [InlineData("""{"\ud800":1}""", 0, "not valid JSON near byte")]
    [InlineData("""{"a":1}""", 0, "tensor \"a\" must be an object at byte 13")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ must be an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ \"a\" must be a string")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "key \"a\" appears twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__ appears twice")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,1]}}""", 1, "tensor \"a\" has no dtype")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,1]}}""", 1, "tensor \"a\" has no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", 1, "tensor \"a\" has no data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "tensor \"a\": dtype appears twice")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor \"a\": unknown dtype \"F33\"; known are BOOL, U8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "tensor \"a\": shape: expected a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "tensor \"a\": shape: expected a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1, "tensor \"a\": shape: expected a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}""", 1, "tensor \"a\": shape: expected a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", 4, "[4611686018427387905] takes more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296,1],"data_offsets":[0,0]}}""", 0, "takes more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", 1, "data_offsets has 1 numbers; expected 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1, "data_offsets: more than 2 numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1, "data_offsets [1, 0] do not lie within the 1 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1, "data_offsets [0, 2] do not lie within the 1 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 1, "do not lie within the 1 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "F32 [2] takes 8 bytes, but data_offsets [0, 4] hold 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "inside tensor \"a\"")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 3, "before tensor \"b\", belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3, "but its tensors end at byte")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "tensor \"a\" appears twice")]
    public void Names_what_is_wrong_with_a_header(string header, int dataLength, string expected)
    {
        string path = Path(SafetensorsBytes.File(header, dataLength));

        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(path));

        Assert.Equal(path, error.Path);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL, "more than the 100000000 allowed")]
    [InlineData(ulong.MaxValue, "more than the 100000000 allowed")]
    [InlineData(99_999_999UL, "only 2 bytes follow: the file is cut short")]
    public void A_header_longer_than_the_file_or_the_limit_is_refused_before_it_is_read(ulong claimed, string expected)
    {
        string path = Path(SafetensorsBytes.File("{}"u8.ToArray(), 0, claimed));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_in_a_name_is_refused()
    {
        byte[] header = Encoding.Latin1.GetBytes("""{"ü":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""");
        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(Path(SafetensorsBytes.File(header, 1))));
        Assert.Contains("not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_with_millions_of_dimensions_is_refused_without_holding_them()
    {
        string header = """{"a":{"dtype":"U8","shape":[1""" + string.Concat(Enumerable.Repeat(",1", 1_000_000)) + """],"data_offsets":[0,1]}}""";
        string path = Path(SafetensorsBytes.File(header, 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2 * header.Length);
        Assert.Contains("more than 64 numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_hostile_name_is_shown_short_and_without_control_characters()
    {
        string header = $$$"""{"\u001b[31m{{{new string('x', 10_000)}}}":1}""";
        var error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(Path(SafetensorsBytes.File(header, 0))));
        Assert.True(error.Message.Length < 400);
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Fact]
    public void Asking_for_what_is_not_there_says_so()
    {
        using var file = SafetensorsFile.Open(Path(SafetensorsBytes.File(Good, 32)));

        Assert.Contains("no tensor \"c\"", Assert.Throws<ModelFileException>(() => file["c"]).Message, StringComparison.Ordinal);
        Assert.Contains("\"a\" is I64 []; expected floats", Assert.Throws<ModelFileException>(() => file.ReadFloat32("a")).Message, StringComparison.Ordinal);
        Assert.Contains("\"b\" is F32 [2, 3]; expected integers", Assert.Throws<ModelFileException>(() => file.ReadInt64("b")).Message, StringComparison.Ordinal);
        Assert.Contains("needs 6 places, not 5", Assert.Throws<ArgumentException>(() => file.ReadFloat32("b", new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(folder.File("none.safetensors")));
    }

    [Fact]
    public void A_tensor_beyond_four_gigabytes_is_found()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "makes a file of several gigabytes that is one hole, which Windows would write out in full");
        const long big = 5_000_000_000;
        string header = """{"big":{"dtype":"U8","shape":[50000,100000],"data_offsets":[0,5000000000]},"last":{"dtype":"F32","shape":[1],"data_offsets":[5000000000,5000000004]}}""";
        string path = Path(SafetensorsBytes.File(header, 0));
        using (var stream = File.OpenWrite(path))
        {
            stream.Seek(8 + header.Length + big, SeekOrigin.Begin);
            stream.Write(BitConverter.GetBytes(1.5f));
        }

        using var file = SafetensorsFile.Open(path);
        Assert.Equal([1.5f], file.ReadFloat32("last"));
        Assert.Contains("\"big\" is U8 [50000, 100000], too long for one array", Assert.Throws<ModelFileException>(() => file.ReadBytes("big")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_dispose_nothing_is_read()
    {
        var file = SafetensorsFile.Open(Path(SafetensorsBytes.File(Good, 32)));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.ReadBytes("a"));
    }

    [Fact]
    public void Reads_every_file_that_PyTorch_wrote_for_the_golden_tests()
    {
        string[] files = Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Golden"), "*.safetensors");
        Assert.True(files.Length >= 30);
        foreach (string path in files)
        {
            using var file = SafetensorsFile.Open(path);
            Assert.NotEmpty(file.Entries);
            foreach (var entry in file.Entries.Where(e => e.DataType == SafetensorsDataType.Float32))
            {
                Assert.All(file.ReadFloat32(entry.Name), value => Assert.False(float.IsNaN(value)));
            }
        }
    }

    [Fact]
    public void The_golden_relu_is_the_relu_of_its_input()
    {
        using var file = SafetensorsFile.Open(System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "activation_relu.safetensors"));
        Assert.Equal([4L, 33L], file["in.x"].Shape);
        Assert.Equal(file.ReadFloat32("in.x").Select(x => Math.Max(x, 0)), file.ReadFloat32("out.y"));
    }
}
