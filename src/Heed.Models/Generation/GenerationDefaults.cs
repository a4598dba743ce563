using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Pretrained;

namespace Heed.Models.Generation;

/// <summary>Reads the options that a published model asks for.</summary>
internal static class GenerationDefaults
{
    // What the library draws from where a file asks for drawing and says no more.
    private const int LibraryTopK = 50;

    /// <summary>The options of <c>generation_config.json</c>, or else of <c>config.json</c>.</summary>
    /// <remarks>
    /// Settings for drawing count only where <c>do_sample</c> is true, as there, and those for beams only where it is not. <c>max_length</c> counts the prompt there, and is not looked
    /// at here: <c>max_new_tokens</c> is.
    /// </remarks>
    /// <exception cref="ConfigException">A value is malformed or out of range; the message names the file.</exception>
    public static GenerationOptions Read(HuggingFaceConfig config, string name)
    {
        bool draws = config.Flag("do_sample", otherwise: false);
        var plain = new GenerationOptions();
        int numBeams = draws ? 1 : config.IntegerOrNull("num_beams") ?? 1;
        int maxNewTokens = config.IntegerOrNull("max_new_tokens") ?? plain.MaxNewTokens;
        var options = new GenerationOptions
        {
            MaxNewTokens = maxNewTokens,
            MinNewTokens = Math.Min(maxNewTokens, config.IntegerOrNull("min_new_tokens") ?? 0),
            RepetitionPenalty = config.NumberOrNull("repetition_penalty") ?? 1,
            NoRepeatNgramSize = config.IntegerOrNull("no_repeat_ngram_size") ?? 0,
            StopTokens = config.Integers("eos_token_id"),
            SuppressedTokens = [.. GenerationFile.ForbiddenTokens(config), .. config.Integers("suppress_tokens")],
            ForcedTokens = config.Integers("forced_bos_token_id"),
            Slide = config.Flag("slide", otherwise: false), // ours; the library has no such thing
            ForcedLastToken = config.IntegerOrNull("forced_eos_token_id"),
            NumBeams = numBeams,
            LengthPenalty = numBeams > 1 ? config.NumberOrNull("length_penalty") ?? 1 : 1,
            EarlyStopping = numBeams > 1 ? GenerationFile.Stopping(config) : EarlyStopping.WhenUnlikely,
            Temperature = draws ? config.NumberOrNull("temperature") ?? 1 : 0,
            TopK = draws ? config.IntegerOrNull("top_k") ?? LibraryTopK : 0,
            TopP = draws ? config.NumberOrNull("top_p") ?? 1 : 1,
            MinP = draws ? config.NumberOrNull("min_p") ?? 0 : 0,
            TypicalP = draws ? config.NumberOrNull("typical_p") ?? 1 : 1,
        };
        try
        {
            options.Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"{name}: {error.Message}", error);
        }

        return options;
    }
}
