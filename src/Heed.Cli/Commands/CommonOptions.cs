using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Heed.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>JSON for people and programs: letters of all languages stand as they are.</summary>
    public static JsonSerializerOptions ReadableJson { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, for programs." };
}
