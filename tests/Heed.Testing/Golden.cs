using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Heed.Tensors;

namespace Heed.Testing;

/// <summary>One file of reference numbers; its own small reader, so that tests do not trust the code under test.</summary>
public sealed class Golden
{
    private readonly Dictionary<string, (string Type, int[] Shape, byte[] Data)> entries = [];

    private Golden()
    {
    }

    /// <summary>The names of all tensors in the file.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>Loads a file by its name without extension.</summary>
    public static Golden Load(string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".safetensors"));
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        var golden = new Golden();
        foreach (JsonProperty entry in header.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
        {
            int[] shape = entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
            int[] offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt32()).ToArray();
            golden.entries[entry.Name] = (entry.Value.GetProperty("dtype").GetString()!, shape, bytes[(8 + headerLength + offsets[0])..(8 + headerLength + offsets[1])]);
        }

        return golden;
    }

    /// <summary>A float tensor by name.</summary>
    public Tensor this[string name] => Tensor.From(MemoryMarshal.Cast<byte, float>(entries[name].Data), new Shape(entries[name].Shape));

    /// <summary>A float tensor by name, as an input whose gradient is wanted.</summary>
    public Tensor Input(string name) => this[name].WithGradient();

    /// <summary>Whether the file has a tensor of this name.</summary>
    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>The axis lengths of a tensor.</summary>
    public int[] Shape(string name) => entries[name].Shape;

    /// <summary>An integer tensor by name.</summary>
    public int[] Integers(string name) => MemoryMarshal.Cast<byte, long>(entries[name].Data).ToArray().Select(v => (int)v).ToArray();

    /// <summary>A boolean tensor by name.</summary>
    public bool[] Booleans(string name) => entries[name].Data.Select(v => v != 0).ToArray();
}
