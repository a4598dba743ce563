using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heed.Models.Pretrained;

/// <summary>The text of a <c>config.json</c> as a document that can be changed, and back.</summary>
internal static class HuggingFaceJsonText
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Parse(string text) => JsonNode.Parse(text, documentOptions: Lenient)!.AsObject();

    public static string Write(JsonObject root) => root.ToJsonString(Indented) + "\n";
}
