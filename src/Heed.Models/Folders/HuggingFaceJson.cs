using System.Text.Json.Serialization;

namespace Heed.Models.Folders;

/// <summary>Reads and writes the configuration files of a model folder, with their snake_case names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GenerationConfigFile))]
[JsonSerializable(typeof(TransformerConfigFile))]
[JsonSerializable(typeof(RecurrentConfigFile))]
[JsonSerializable(typeof(ConvolutionalConfigFile))]
internal sealed partial class HuggingFaceJson : JsonSerializerContext;
