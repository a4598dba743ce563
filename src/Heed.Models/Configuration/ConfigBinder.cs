using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Models.Configuration;

/// <summary>Checks a <see cref="ConfigTree"/> against a type, completes it with the type's defaults, and binds it.</summary>
/// <remarks>
/// <para>The check is ours, because the serializer's own errors name CLR types and no lines.</para>
/// <para>The defaults are written into the tree, because source-generated deserialization of a type with <c>init</c>
/// properties sets every property, and would overwrite the initializers of the missing ones with zero and null. They are taken
/// from an instance made by the parameterless constructor; a type with constructor parameters brings its own defaults. A section
/// that is given in part is completed from the instance that the type around it has there, so that one type of section may have
/// other defaults in another configuration.</para>
/// </remarks>
internal sealed class ConfigBinder(ConfigTree tree)
{
    private readonly ConfigScalarBinder scalars = new(tree);

    public T Bind<T>(JsonTypeInfo<T> type)
    {
        var root = BindObject(tree.Root, type, "");
        try
        {
            return root.Deserialize(type) ?? throw new ConfigException($"{tree.Name}: the configuration is empty");
        }
        catch (JsonException error)
        {
            // A converter of the type's own refused a value; the message before its path is the converter's.
            string path = error.Path?.TrimStart('$').TrimStart('.') ?? "";
            throw tree.Error(path, $"\"{path}\" cannot be read: {error.Message.Split(" Path: ")[0]}", error);
        }
    }

    private JsonNode? BindNode(JsonNode? node, JsonTypeInfo type, string path, object? defaults = null) => type.Kind switch
    {
        JsonTypeInfoKind.Object => BindObject(node, type, path, defaults),
        JsonTypeInfoKind.Enumerable => BindList(node, type, path),
        JsonTypeInfoKind.Dictionary => BindDictionary(node, type, path),
        _ => scalars.Bind(node, type.Type, path),
    };

    private JsonObject BindObject(JsonNode? node, JsonTypeInfo type, string path, object? defaults = null)
    {
        // "decoding:" with nothing below it is a section that keeps all its defaults.
        if ((node ?? new JsonObject()) is not JsonObject section)
        {
            throw tree.Error(path, $"\"{path}\" is a section with keys of its own, not {ConfigScalarBinder.Describe(node)}; its keys are {Keys(type)}");
        }

        var bound = new JsonObject();
        if (type.PolymorphismOptions is { } kinds)
        {
            type = ChooseKind(section, kinds, type, path, bound);
        }

        foreach (string key in section.Select(pair => pair.Key).Where(key => !bound.ContainsKey(key)))
        {
            if (!Settable(type).Any(p => p.Name == key))
            {
                throw UnknownKey(type, path, key);
            }
        }

        if (defaults?.GetType() != type.Type)
        {
            defaults = CreateDefaults(type);
        }

        foreach (var property in Settable(type))
        {
            if (section.TryGetPropertyValue(property.Name, out var value))
            {
                bound[property.Name] = BindProperty(value, property, path, defaults);
            }
            else if (IsRequired(property))
            {
                throw tree.Error(path, $"\"{ConfigTree.Child(path, property.Name)}\" is missing; it has no default");
            }
            else if (defaults is not null)
            {
                bound[property.Name] = JsonSerializer.SerializeToNode(property.Get!(defaults), TypeOf(property));
            }
        }

        return bound;
    }

    private JsonNode? BindProperty(JsonNode? value, JsonPropertyInfo property, string path, object? parent)
    {
        string child = ConfigTree.Child(path, property.Name);
        var type = TypeOf(property);
        if (value is not null)
        {
            return BindNode(value, type, child, Within(parent, property));
        }

        if (Nullable.GetUnderlyingType(type.Type) is not null || (property.IsSetNullable && !type.Type.IsValueType))
        {
            return null;
        }

        if (type.Kind == JsonTypeInfoKind.Object)
        {
            return BindObject(null, type, child, Within(parent, property));
        }

        throw tree.Error(child, $"\"{child}\" has no value; leave the key out to keep its default");
    }

    private JsonArray BindList(JsonNode? node, JsonTypeInfo type, string path)
    {
        if (node is not JsonArray list)
        {
            throw tree.Error(path, $"\"{path}\" must be a list, as in [a, b], not {ConfigScalarBinder.Describe(node)}");
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        return [.. list.Select((item, i) => BindNode(item, element, ConfigTree.Child(path, i)))];
    }

    private JsonObject BindDictionary(JsonNode? node, JsonTypeInfo type, string path)
    {
        if (node is not JsonObject entries)
        {
            throw tree.Error(path, $"\"{path}\" must be a section of names and values, not {ConfigScalarBinder.Describe(node)}");
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        return new(entries.Select(e => KeyValuePair.Create(e.Key, BindNode(e.Value, element, ConfigTree.Child(path, e.Key)))));
    }

    /// <summary>Reads which of a base type's kinds a section asks for, and copies the key that says so.</summary>
    private JsonTypeInfo ChooseKind(JsonObject section, JsonPolymorphismOptions kinds, JsonTypeInfo type, string path, JsonObject bound)
    {
        string key = kinds.TypeDiscriminatorPropertyName;
        string child = ConfigTree.Child(path, key);
        var names = kinds.DerivedTypes.Select(d => d.TypeDiscriminator).OfType<string>().ToArray();
        string? usual = type.Type.GetCustomAttribute<ConfigDefaultKindAttribute>()?.Kind;
        bool isGiven = section.TryGetPropertyValue(key, out var node);
        if (!isGiven && usual is null)
        {
            throw tree.Error(path, $"\"{child}\" is missing; it must be one of {string.Join(", ", names)}");
        }

        string chosen = isGiven ? scalars.ChooseName(node, names, child) : usual!;
        bound[key] = chosen;
        return type.Options.GetTypeInfo(kinds.DerivedTypes.Single(d => chosen.Equals(d.TypeDiscriminator)).DerivedType);
    }

    private ConfigException UnknownKey(JsonTypeInfo type, string path, string key)
    {
        string? nearest = Suggestion.Nearest(key, Settable(type).Select(p => p.Name));
        string mend = nearest is null ? "valid" : $"did you mean \"{nearest}\"? Valid";
        string child = ConfigTree.Child(path, key);
        return tree.Error(child, $"unknown key {Formats.Display.Quote(child)}; {mend} keys: {Keys(type)}");
    }

    private static string Keys(JsonTypeInfo type)
    {
        var keys = Settable(type).Select(p => p.Name);
        if (type.PolymorphismOptions is { } kinds)
        {
            keys = keys.Prepend(kinds.TypeDiscriminatorPropertyName);
        }

        return string.Join(", ", keys);
    }

    /// <summary>The properties that a configuration may set; computed ones are none of its business.</summary>
    public static IEnumerable<JsonPropertyInfo> Settable(JsonTypeInfo type) =>
        type.Properties.Where(p => p is { Get: not null, Set: not null } || p.AssociatedParameter is not null);

    public static JsonTypeInfo TypeOf(JsonPropertyInfo property) => property.Options.GetTypeInfo(property.PropertyType);

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    private static object? Within(object? parent, JsonPropertyInfo property) => parent is null ? null : property.Get?.Invoke(parent);

    private static object? CreateDefaults(JsonTypeInfo type) =>
        type.ConstructorAttributeProvider is ConstructorInfo constructor && constructor.GetParameters().Length == 0
            ? constructor.Invoke(null)
            : null;
}
