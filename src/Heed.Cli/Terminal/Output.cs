using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Text.Metrics;

namespace Heed.Cli.Terminal;

/// <summary>How commands write what they found: results to standard output, doubts about them to standard error.</summary>
internal static class Output
{
    /// <summary>JSON for people and programs: letters of all languages stand as they are.</summary>
    public static JsonSerializerOptions ReadableJson { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a result for programs, on one line.</summary>
    public static void Json(JsonNode result) => Console.Out.WriteLine(result.ToJsonString(ReadableJson));

    /// <summary>Writes a score and, below it, what is needed to reproduce it.</summary>
    public static void Score(MetricScore score)
    {
        Console.Out.WriteLine(score.Format());
        Console.Out.WriteLine($"  signature: {score.Signature}");
    }

    /// <summary>Says why a result should be doubted; null says nothing.</summary>
    public static void Warn(string? warning)
    {
        if (warning is not null)
        {
            Console.Error.WriteLine($"heed: {warning}");
        }
    }
}
