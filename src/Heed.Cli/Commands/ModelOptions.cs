using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Decoding;

namespace Heed.Cli.Commands;

/// <summary>The options of commands whose model reads one text and writes another: where it is, how it decodes, how many threads it takes.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> model;
    private readonly Option<int?> threads = CommonOptions.Threads();
    private readonly Option<int?> beam = NumberOption.Optional("--beam", "How many hypotheses the search keeps; 1 is greedy. The model's own setting when omitted.", 1, 10_000);
    private readonly Option<double?> lengthPenalty = NumberOption.Optional("--length-penalty", "Divide a hypothesis's log-probability by its length to this power; more than 1 prefers long outputs. The model's own setting when omitted.", -10.0, 10.0);
    private readonly Option<int?> maxLength = NumberOption.Optional("--max-length", "The longest output, in tokens. The model's own setting when omitted.", 1, 1_000_000);

    public ModelOptions(bool required) => model = new Option<string?>("--model") { Description = "The model folder: RUN/model of heed train, or a published T5, BART or Marian.", HelpName = "FOLDER", Required = required };

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
        CommonOptions.UseThreads(parsed.GetValue(threads));
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
