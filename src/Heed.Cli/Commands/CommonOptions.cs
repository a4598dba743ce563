using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Heed.Cli.Terminal;
using Heed.Tensors.Devices;

namespace Heed.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024;

    /// <summary>JSON for people and programs: letters of all languages stand as they are.</summary>
    public static JsonSerializerOptions ReadableJson { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, for programs." };

    public static Option<string?> Adapter() =>
        new("--adapter") { Description = "The folder of a LoRA adapter to add to the model's weights.", HelpName = "FOLDER" };

    public static Option<int?> Threads() =>
        NumberOption.Optional("--threads", "How many threads compute; all processors when omitted. Results do not depend on it.", 1, MostThreads);

    /// <summary>Makes all computing that follows use a number of threads; null leaves it as it is.</summary>
    public static void UseThreads(int? threads)
    {
        if (threads is { } count)
        {
            Device.Default = CpuDevice.Create(count);
        }
    }
}
