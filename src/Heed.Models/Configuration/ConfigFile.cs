using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Heed.Text.IO;

namespace Heed.Models.Configuration;

/// <summary>Reads and writes typed configurations as YAML or JSON.</summary>
/// <remarks>
/// A configuration is a record with <c>required</c> and <c>init</c> members and a source-generated serializer context with
/// camelCase names, which must not leave out nulls: a null that was chosen would come back as the default. Every key must be known, every required one present, every value of the right kind; the error names the
/// file, the line and the mend. Missing keys keep the defaults of the record's initializers, those of a section the ones that the record around it gives it. Names of enumerations may be
/// written <c>preNorm</c>, <c>pre-norm</c> or <c>pre_norm</c>. A base type with <c>[JsonPolymorphic]</c> and
/// <c>[JsonDerivedType]</c> reads its kind from the discriminator key, wherever that stands in the section.
/// Files are YAML unless their name ends in <c>.json</c>.
/// </remarks>
public static class ConfigFile
{
    private const int MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Loads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">How to bind it, from a source-generated context.</param>
    /// <param name="overrides">Texts <c>section.key=value</c>, applied in order before binding; the value is typed as YAML would.</param>
    /// <exception cref="ConfigException">The file or an override is malformed or does not fit the type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Load<T>(string path, JsonTypeInfo<T> type, IReadOnlyList<string>? overrides = null) where T : class
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ReadText(path), Path.GetFileName(path), type, overrides);
    }

    /// <summary>Binds a configuration that is already in memory.</summary>
    /// <param name="text">YAML, or JSON where <paramref name="name"/> ends in <c>.json</c>.</param>
    /// <param name="name">How error messages call the text.</param>
    /// <param name="type">How to bind it, from a source-generated context.</param>
    /// <param name="overrides">Texts <c>section.key=value</c>, applied in order before binding; the value is typed as YAML would.</param>
    /// <exception cref="ConfigException">The text or an override is malformed or does not fit the type.</exception>
    public static T Parse<T>(string text, string name, JsonTypeInfo<T> type, IReadOnlyList<string>? overrides = null) where T : class
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        var tree = IsJson(name) ? JsonConfigReader.ReadDocument(name, text) : YamlConfigReader.ReadDocument(name, text);
        foreach (string setting in overrides ?? [])
        {
            ConfigOverride.Apply(tree, setting);
        }

        return new ConfigBinder(tree).Bind(type);
    }

    /// <summary>Writes a configuration, every value included, so that loading the file gives an equal one.</summary>
    /// <exception cref="IOException">The file cannot be written; an old one is then untouched.</exception>
    public static void Save<T>(string path, T config, JsonTypeInfo<T> type) where T : class
    {
        ArgumentNullException.ThrowIfNull(path);
        var root = ToTree(config, type);
        AtomicFile.WriteAllText(path, IsJson(path) ? root.ToJsonString(Indented) + "\n" : YamlConfigWriter.Write(root));
    }

    /// <summary>The configuration as YAML, every value included.</summary>
    public static string ToYaml<T>(T config, JsonTypeInfo<T> type) where T : class => YamlConfigWriter.Write(ToTree(config, type));

    private static JsonObject ToTree<T>(T config, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(type);
        return ConfigSpelling.Apply(JsonSerializer.SerializeToNode(config, type), type)!.AsObject();
    }

    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    internal static string ReadText(string path)
    {
        using FileStream stream = InputFile.Open(path);
        // A pipe has no length, and a device says 0.
        var bytes = new byte[stream.CanSeek && stream.Length is > 0 and <= MaxBytes ? stream.Length : MaxBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxBytes)
        {
            throw new ConfigException($"{path} has more than {MaxBytes} bytes, too many for a configuration");
        }

        using var reader = new StreamReader(new MemoryStream(bytes, 0, length), new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigException($"{path} is not valid UTF-8; convert the file, for example with iconv", error);
        }
    }
}
