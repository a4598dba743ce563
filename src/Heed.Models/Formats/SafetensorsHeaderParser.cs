using System.Collections.Immutable;
using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Models.Formats;

/// <summary>Parses the JSON header of a safetensors file and checks every entry on its own.</summary>
/// <remarks>A hand-driven reader rather than a bound object, because the format forbids duplicate names and its limits
/// must be checked before anything is allocated for them.</remarks>
internal ref struct SafetensorsHeaderParser
{
    // PyTorch's own limit; it keeps a hostile header from turning into gigabytes of dimensions.
    private const int MaxRank = 64;

    private readonly string path;
    private readonly long dataStart;
    private readonly long dataLength;
    private Utf8JsonReader reader;

    public SafetensorsHeaderParser(string path, ReadOnlySpan<byte> json, long dataStart, long fileLength)
    {
        this.path = path;
        this.dataStart = dataStart;
        dataLength = fileLength - dataStart;
        reader = new Utf8JsonReader(json);
    }

    private readonly long Position => SafetensorsHeader.LengthBytes + reader.TokenStartIndex;

    public SafetensorsHeader Parse()
    {
        try
        {
            return ParseHeader();
        }
        catch (JsonException error)
        {
            throw new ModelFileException(path, $"the header is not valid JSON near byte {Position}: {JsonProblem.Describe(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // The reader reports an escape of half a surrogate pair as an invalid operation.
            throw new ModelFileException(path, $"the header is not valid JSON near byte {Position}: {error.Message}", error);
        }
    }

    private SafetensorsHeader ParseHeader()
    {
        var entries = new SortedDictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        SortedDictionary<string, string>? metadata = null;

        reader.Read(); // the opening brace, checked by the caller
        while (ReadPropertyName("the header", out string name))
        {
            if (name == SafetensorsHeader.MetadataKey)
            {
                metadata = metadata is null ? ParseMetadata() : throw Error($"{name} appears twice in the header");
            }
            else if (!entries.TryAdd(name, ParseEntry(name)))
            {
                throw Error($"tensor {Display.Quote(name)} appears twice in the header");
            }
        }

        reader.Read(); // fails on anything but space after the closing brace
        return new([.. entries.Values], metadata ?? new(StringComparer.Ordinal));
    }

    private SortedDictionary<string, string> ParseMetadata()
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, SafetensorsHeader.MetadataKey, "an object");
        while (ReadPropertyName(SafetensorsHeader.MetadataKey, out string key))
        {
            Expect(JsonTokenType.String, $"{SafetensorsHeader.MetadataKey} {Display.Quote(key)}", "a string");
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw Error($"key {Display.Quote(key)} appears twice in {SafetensorsHeader.MetadataKey}");
            }
        }

        return metadata;
    }

    private SafetensorsEntry ParseEntry(string name)
    {
        string place = "tensor " + Display.Quote(name);
        SafetensorsDataType? type = null;
        ImmutableArray<long>? shape = null, offsets = null;

        Expect(JsonTokenType.StartObject, place, "an object");
        while (ReadPropertyName(place, out string field))
        {
            switch (field)
            {
                case "dtype" when type is null: type = ParseType(place); break;
                case "shape" when shape is null: shape = ParseNumbers(place + ": shape", MaxRank); break;
                case "data_offsets" when offsets is null: offsets = ParseNumbers(place + ": data_offsets", 2); break;
                case "dtype" or "shape" or "data_offsets": throw Error($"{place}: {field} appears twice");
                default: reader.Skip(); break; // as the reference implementation does
            }
        }

        return CreateEntry(name, place, type ?? throw Missing(place, "dtype"),
            shape ?? throw Missing(place, "shape"), offsets ?? throw Missing(place, "data_offsets"));
    }

    private readonly SafetensorsEntry CreateEntry(
        string name, string place, SafetensorsDataType type, ImmutableArray<long> shape, ImmutableArray<long> offsets)
    {
        if (offsets is not [long begin, long end])
        {
            throw Error($"{place}: data_offsets has {offsets.Length} numbers; expected 2, begin and end");
        }

        if (begin > end || end > dataLength)
        {
            throw Error($"{place}: data_offsets [{begin}, {end}] do not lie within the {dataLength} bytes of data that follow the header");
        }

        long? expected = ByteLength(type, shape);
        if (expected != end - begin)
        {
            throw Error($"{place}: {type.Name()} [{string.Join(", ", shape)}] takes {expected?.ToString() ?? "more than 2^63"} bytes, but data_offsets [{begin}, {end}] hold {end - begin}");
        }

        return new(name, type, shape, dataStart + begin, end - begin);
    }

    private static long? ByteLength(SafetensorsDataType type, ImmutableArray<long> shape)
    {
        long product = type.ByteSize();
        foreach (long size in shape)
        {
            if (size != 0 && product > long.MaxValue / size)
            {
                return null;
            }

            product *= size;
        }

        return product;
    }

    private SafetensorsDataType ParseType(string place)
    {
        Expect(JsonTokenType.String, place + ": dtype", "a string");
        string name = reader.GetString()!;
        return SafetensorsDataTypes.TryParse(name, out var type)
            ? type
            : throw Error($"{place}: unknown dtype {Display.Quote(name)}; known are {SafetensorsDataTypes.KnownNames}");
    }

    private ImmutableArray<long> ParseNumbers(string place, int maxCount)
    {
        Expect(JsonTokenType.StartArray, place, "an array of numbers");
        var numbers = ImmutableArray.CreateBuilder<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Error($"{place}: expected a whole number from 0 to 2^63 - 1 at byte {Position}");
            }

            if (numbers.Count == maxCount)
            {
                throw Error($"{place}: more than {maxCount} numbers at byte {Position}");
            }

            numbers.Add(number);
        }

        return numbers.DrainToImmutable();
    }

    /// <summary>Reads the next property name of an object, or its end.</summary>
    private bool ReadPropertyName(string place, out string name)
    {
        if (!reader.Read())
        {
            throw Error($"{place} does not end");
        }

        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private void Expect(JsonTokenType token, string place, string what)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw Error($"{place} must be {what} at byte {Position}");
        }
    }

    private readonly ModelFileException Missing(string place, string field) => Error($"{place} has no {field}");

    private readonly ModelFileException Error(string problem) => new(path, problem);
}
