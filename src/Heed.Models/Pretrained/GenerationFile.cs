using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Models.Decoding;

namespace Heed.Models.Pretrained;

/// <summary><c>generation_config.json</c>: what a published model's outputs begin and end with, and what they never hold.</summary>
internal static class GenerationFile
{
    /// <summary>How outputs are searched for; what is not understood here is passed over.</summary>
    /// <exception cref="ConfigException">A value is malformed or out of range.</exception>
    public static DecodingOptions Decoding(HuggingFaceConfig config)
    {
        int longest = config.IntegerOrNull("max_new_tokens") is { } added ? added + 1 : config.IntegerOrNull("max_length") ?? 21; // 20 is the library's default
        var options = new DecodingOptions
        {
            BeamSize = config.IntegerOrNull("num_beams") ?? 1,
            LengthPenalty = config.NumberOrNull("length_penalty") ?? 1,
            EarlyStopping = Stopping(config),
            MaxLengthFactor = 0,
            MaxLengthOffset = Math.Max(1, longest - 1),
            MaxLength = Math.Max(1, longest - 1),
            MinLength = Math.Clamp((config.IntegerOrNull("min_length") ?? 0) - 1, 0, Math.Max(0, longest - 2)),
            NoRepeatNgramSize = config.IntegerOrNull("no_repeat_ngram_size") ?? 0,
        };
        options.Validate();
        return options;
    }

    /// <exception cref="ConfigException">No end token is named, a value is malformed, or a forbidden word has several tokens.</exception>
    public static GenerationTokens Tokens(HuggingFaceConfig config)
    {
        ImmutableArray<int> ends = config.Integers("eos_token_id");
        if (ends.IsEmpty)
        {
            throw config.Error("eos_token_id", "is missing; without an end token no output ends");
        }

        int start = config.IntegerOrNull("decoder_start_token_id") ?? config.IntegerOrNull("bos_token_id") ?? ends[0];
        return new GenerationTokens(start, ends[0], [.. ForbiddenTokens(config).Distinct().Order()])
        {
            OtherEndIds = ends[1..],
            ForcedFirstId = config.IntegerOrNull("forced_bos_token_id"),
            ForcedLastId = config.IntegerOrNull("forced_eos_token_id"),
        };
    }

    /// <summary>When a search by beams ends.</summary>
    /// <exception cref="ConfigException">The value is not known.</exception>
    public static EarlyStopping Stopping(HuggingFaceConfig config) => config.FlagOrText("early_stopping") switch
    {
        null or "false" => EarlyStopping.WhenUnlikely,
        "true" => EarlyStopping.WhenFull,
        "never" => EarlyStopping.WhenImpossible,
        _ => throw config.Error("early_stopping", "must be true, false or \"never\""),
    };

    /// <summary>The tokens that no output holds.</summary>
    /// <exception cref="ConfigException">A forbidden word has several tokens.</exception>
    public static IEnumerable<int> ForbiddenTokens(HuggingFaceConfig config)
    {
        ImmutableArray<ImmutableArray<int>> words = config.IntegerLists("bad_words_ids");
        return words.All(word => word.Length == 1)
            ? words.Select(word => word[0])
            : throw config.Error("bad_words_ids", "forbids words of several tokens; only single tokens can be forbidden");
    }
}
