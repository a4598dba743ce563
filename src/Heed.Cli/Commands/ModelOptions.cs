using System.CommandLine;
using System.Globalization;
using Heed.Models;
using Heed.Models.Decoding;
using Heed.Tensors.Devices;

namespace Heed.Cli.Commands;

/// <summary>The options of every command that loads a model: where it is, how it decodes, how many threads it takes.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> model;
    private readonly Option<int?> threads = new("--threads") { Description = "Threads; all processors when omitted. Results do not depend on it." };
    private readonly Option<int?> beam = new("--beam") { Description = "Hypotheses kept in the search; 1 is greedy." };
    private readonly Option<double?> lengthPenalty = new("--length-penalty") { Description = "The power of the length that a hypothesis's log-probability is divided by." };
    private readonly Option<int?> maxLength = new("--max-length") { Description = "The longest translation, in tokens." };

    public ModelOptions(bool required) => model = new Option<string?>("--model") { Description = "The model folder.", Required = required };

    public void AddTo(Command command, bool decoding = true)
    {
        command.Add(model);
        command.Add(threads);
        if (decoding)
        {
            command.Add(beam);
            command.Add(lengthPenalty);
            command.Add(maxLength);
        }
    }

    public string? Folder(ParseResult parsed) => parsed.GetValue(model);

    /// <summary>Loads the model.</summary>
    public Translator Load(ParseResult parsed)
    {
        if (parsed.GetValue(threads) is { } count)
        {
            Device.Default = CpuDevice.Create(count);
        }

        return Translator.Load(parsed.GetValue(model)!);
    }

    /// <summary>The model's own decoding settings with what the command line changes.</summary>
    public DecodingOptions Decoding(ParseResult parsed, DecodingOptions defaults) => defaults with
    {
        BeamSize = parsed.GetValue(beam) ?? defaults.BeamSize,
        LengthPenalty = parsed.GetValue(lengthPenalty) ?? defaults.LengthPenalty,
        MaxLength = parsed.GetValue(maxLength) ?? defaults.MaxLength,
    };

    /// <summary>Decoding settings, as they stand beside a score.</summary>
    public static string Describe(DecodingOptions options) => string.Create(CultureInfo.InvariantCulture, $"beam {options.BeamSize}, length penalty {options.LengthPenalty}");
}
