using System.CommandLine;
using Heed.Cli.Terminal;
using Heed.Tensors.Devices;

namespace Heed.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024;

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, for programs." };

    /// <summary>A model that continues text.</summary>
    public static Option<string> LanguageModel() =>
        new("--model") { Description = "A folder in Hugging Face's layout, a .gguf file, or a .bin file of llama2.c.", HelpName = "PATH", Required = true };

    public static Option<string?> Tokenizer() =>
        new("--tokenizer") { Description = "The tokenizer's file or folder. When omitted: in the model's file, or beside it.", HelpName = "PATH" };

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
