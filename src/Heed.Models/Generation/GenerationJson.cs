using System.Text.Json.Serialization;

namespace Heed.Models.Generation;

/// <summary>Source-generated serialisation of <see cref="GenerationOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GenerationOptions))]
internal sealed partial class GenerationJson : JsonSerializerContext;
