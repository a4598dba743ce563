using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Models.Configuration;

/// <summary>Prepares a serialized configuration for writing: enumerations as camelCase names, computed properties left out.</summary>
internal static class ConfigSpelling
{
    public static JsonNode? Apply(JsonNode? node, JsonTypeInfo type) => (node, type.Kind) switch
    {
        (JsonObject section, JsonTypeInfoKind.Object) => ApplyToObject(section, type),
        (JsonArray list, JsonTypeInfoKind.Enumerable) => new JsonArray([.. list.Select(item => Apply(item, Element(type)))]),
        (JsonObject entries, JsonTypeInfoKind.Dictionary) => new JsonObject(entries.Select(e => KeyValuePair.Create(e.Key, Apply(e.Value, Element(type))))),
        (JsonValue value, _) when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } enumType => EnumName(value, enumType),
        _ => node?.DeepClone(),
    };

    private static JsonObject ApplyToObject(JsonObject section, JsonTypeInfo type)
    {
        var result = new JsonObject();
        if (type.PolymorphismOptions is { } kinds && section[kinds.TypeDiscriminatorPropertyName] is JsonValue kind)
        {
            result[kinds.TypeDiscriminatorPropertyName] = kind.DeepClone();
            type = type.Options.GetTypeInfo(kinds.DerivedTypes.Single(d => kind.GetValue<string>().Equals(d.TypeDiscriminator)).DerivedType);
        }

        foreach (var property in ConfigBinder.Settable(type))
        {
            if (section.TryGetPropertyValue(property.Name, out var value))
            {
                result[property.Name] = Apply(value, ConfigBinder.TypeOf(property));
            }
        }

        return result;
    }

    private static JsonValue EnumName(JsonValue value, Type type)
    {
        string name = value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : Enum.ToObject(type, long.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)).ToString()!;
        return JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(name));
    }

    private static JsonTypeInfo Element(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);
}
