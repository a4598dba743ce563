using System.Buffers.Binary;
using System.Text;
using Heed.Models.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Formats;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("model.safetensors");

    // Longer than one conversion chunk, with every special value in front.
    private static float[] Values(int count)
    {
        var random = new Random(7);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 100)];
        float[] special = [0f, -0f, 1f, -2.5f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, 65504f, 1e-30f];
        special.AsSpan(0, Math.Min(count, special.Length)).CopyTo(values);
        return values;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(4096)]
    [InlineData(9001)]
    public void Floats_come_back_bit_for_bit(int count)
    {
        float[] values = Values(count);
        var writer = new SafetensorsWriter();
        writer.Add("w", [count], values);
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal(Bits(values), Bits(file.ReadFloat32("w")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(9001)]
    public void Half_and_bfloat16_come_back_as_the_nearest_value(int count)
    {
        float[] values = Values(count);
        var writer = new SafetensorsWriter();
        writer.Add("half", [count], values, SafetensorsDataType.Float16);
        writer.Add("bfloat", [count], values, SafetensorsDataType.BFloat16);
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal(Bits([.. values.Select(v => (float)(Half)v)]), Bits(file.ReadFloat32("half")));
        float[] bfloat = file.ReadFloat32("bfloat");
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(0u, BitConverter.SingleToUInt32Bits(bfloat[i]) & 0xFFFF);
            if (float.IsNaN(values[i]))
            {
                Assert.True(float.IsNaN(bfloat[i]));
            }
            else if (float.IsInfinity(values[i]))
            {
                Assert.Equal(values[i], bfloat[i]);
            }
            else if (Math.Abs(values[i]) > 1e-37f)
            {
                Assert.InRange(bfloat[i] / values[i], 1 - 1f / 256, 1 + 1f / 256);
            }
        }
    }

    [Fact]
    public void Bfloat16_rounds_ties_to_even()
    {
        float[] values = [.. new uint[] { 0x3F808000, 0x3F818000, 0x3F808001, 0x3F807FFF, 0x7F7FFFFF, 0x7F800001 }.Select(BitConverter.UInt32BitsToSingle)];
        var writer = new SafetensorsWriter();
        writer.Add("w", [6], values, SafetensorsDataType.BFloat16);
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        ushort[] stored = [.. file.ReadBytes("w").Chunk(2).Select(b => BinaryPrimitives.ReadUInt16LittleEndian(b))];
        Assert.Equal([0x3F80, 0x3F82, 0x3F81, 0x3F80, 0x7F80], stored[..5]);
        Assert.True(float.IsNaN(file.ReadFloat32("w")[5]));
    }

    [Fact]
    public void Integers_bytes_scalars_and_metadata_come_back()
    {
        var writer = new SafetensorsWriter();
        writer.Add("ids", [2, 2], (long[])[long.MinValue, -1, 0, long.MaxValue]);
        writer.Add("raw", [3], (byte[])[1, 2, 255]);
        writer.Add("scalar", [], (float[])[0.5f]);
        writer.Metadata["step"] = "12";
        writer.Metadata["note"] = "naïve \"quoted\"\n";
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal([long.MinValue, -1, 0, long.MaxValue], file.ReadInt64("ids"));
        Assert.Equal([1, 2, 255], file.ReadBytes("raw"));
        Assert.Equal([1L, 2L, 255L], file.ReadInt64("raw"));
        Assert.Empty(file["scalar"].Shape);
        Assert.Equal([0.5f], file.ReadFloat32("scalar"));
        Assert.Equal([("note", "naïve \"quoted\"\n"), ("step", "12")], file.Metadata.Select(m => (m.Key, m.Value)));
    }

    [Fact]
    public void Every_stored_type_is_read_as_its_value()
    {
        var writer = new SafetensorsWriter();
        AddRaw("f64", SafetensorsDataType.Float64, BitConverter.GetBytes(1.0 / 3));
        AddRaw("i32", SafetensorsDataType.Int32, BitConverter.GetBytes(-5));
        AddRaw("u32", SafetensorsDataType.UInt32, BitConverter.GetBytes(uint.MaxValue));
        AddRaw("i16", SafetensorsDataType.Int16, BitConverter.GetBytes(short.MinValue));
        AddRaw("u16", SafetensorsDataType.UInt16, BitConverter.GetBytes(ushort.MaxValue));
        AddRaw("i8", SafetensorsDataType.Int8, [0x80]);
        AddRaw("bool", SafetensorsDataType.Boolean, [1]);
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal([(float)(1.0 / 3)], file.ReadFloat32("f64"));
        Assert.Equal([-5], file.ReadInt64("i32"));
        Assert.Equal([uint.MaxValue], file.ReadInt64("u32"));
        Assert.Equal([short.MinValue], file.ReadInt64("i16"));
        Assert.Equal([ushort.MaxValue], file.ReadInt64("u16"));
        Assert.Equal([-128], file.ReadInt64("i8"));
        Assert.Equal([1], file.ReadInt64("bool"));

        void AddRaw(string name, SafetensorsDataType type, byte[] bytes) => writer.Add(name, type, [1], s => s.WriteBytes(bytes));
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_in_whatever_order_they_were_added()
    {
        string[] names = ["z", "a", "m.weight", "m.bias", "É"];
        byte[] Save(IEnumerable<string> order)
        {
            var writer = new SafetensorsWriter();
            foreach (string name in order)
            {
                writer.Add(name, [3], (byte[])[1, 2, 3]);
            }

            foreach (string name in order)
            {
                writer.Add(name + ".f", [1], (float[])[name.Length]);
            }

            foreach (string name in order.Reverse())
            {
                writer.Metadata[name] = name;
            }

            writer.Save(Path);
            return File.ReadAllBytes(Path);
        }

        Assert.Equal(Save(names), Save(names.Reverse()));
    }

    [Fact]
    public void The_layout_is_the_one_of_the_format()
    {
        var writer = new SafetensorsWriter();
        writer.Add("b", [2], (byte[])[7, 8]);
        writer.Add("a", [1], (float[])[1f]);
        writer.Save(Path);

        byte[] bytes = File.ReadAllBytes(Path);
        const string header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}""";
        int padded = (header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(header.PadRight(padded), Encoding.UTF8.GetString(bytes, 8, padded));
        Assert.Equal([0, 0, 0x80, 0x3F, 7, 8], bytes[(8 + padded)..]);
    }

    [Fact]
    public void Every_element_lies_aligned_to_its_size()
    {
        var random = new Random(3);
        var writer = new SafetensorsWriter { Metadata = { ["odd"] = "length" } };
        for (int i = 0; i < 40; i++)
        {
            int count = random.Next(0, 9);
            switch (random.Next(4))
            {
                case 0: writer.Add($"t{i}", [count], new byte[count]); break;
                case 1: writer.Add($"t{i}", [count], new float[count]); break;
                case 2: writer.Add($"t{i}", [count], new float[count], SafetensorsDataType.BFloat16); break;
                default: writer.Add($"t{i}", [count], new long[count]); break;
            }
        }

        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal(40, file.Entries.Length);
        Assert.All(file.Entries, e => Assert.True(e.ByteLength == 0 || e.Offset % (e.ByteLength / e.ElementCount) == 0, e.Name));
    }

    [Fact]
    public void A_tensor_may_be_written_in_pieces()
    {
        var writer = new SafetensorsWriter();
        writer.Add("w", SafetensorsDataType.Float16, [3, 2], stream =>
        {
            for (int row = 0; row < 3; row++)
            {
                stream.Write([row, row + 0.5f]);
            }
        });
        writer.Save(Path);

        using var file = SafetensorsFile.Open(Path);
        Assert.Equal([0, 0.5f, 1, 1.5f, 2, 2.5f], file.ReadFloat32("w"));
    }

    [Theory]
    [InlineData(5, "\"w\" has 24 bytes, but only 20 were given")]
    [InlineData(7, "\"w\" has 24 bytes, but 28 were given")]
    public void Too_few_or_too_many_values_leave_the_old_file(int count, string expected)
    {
        File.WriteAllText(Path, "old");
        var writer = new SafetensorsWriter();
        writer.Add("w", SafetensorsDataType.Float32, [6], stream => stream.Write(new float[count]));

        var error = Assert.Throws<InvalidOperationException>(() => writer.Save(Path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Mistakes_of_the_caller_are_named()
    {
        var writer = new SafetensorsWriter();
        writer.Add("w", [1], new float[1]);
        Assert.Contains("already added", Assert.Throws<ArgumentException>(() => writer.Add("w", [1], new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("metadata", Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", [1], new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3] holds 6 values, but 5", Assert.Throws<ArgumentException>(() => writer.Add("v", [2, 3], new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add("v", SafetensorsDataType.UInt8, [-1], _ => { }));

        writer.Add("half", [1], (float[])[70000f], SafetensorsDataType.Float16);
        Assert.Contains("too large for F16", Assert.Throws<OverflowException>(() => writer.Save(Path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
