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
        int longest = config.IntegerOrNull("max_length") ?? (config.IntegerOrNull("max_new_tokens") is { } added ? added + 1 : 21); // 20 is the library's default
        var options = new DecodingOptions
        {
            BeamSize = config.IntegerOrNull("num_beams") ?? 1,
            LengthPenalty = config.NumberOrNull("length_penalty") ?? 1,
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

        ImmutableArray<ImmutableArray<int>> words = config.IntegerLists("bad_words_ids");
        if (words.Any(word => word.Length != 1))
        {
            throw config.Error("bad_words_ids", "forbids words of several tokens; only single tokens can be forbidden");
        }

        int start = config.IntegerOrNull("decoder_start_token_id") ?? config.IntegerOrNull("bos_token_id") ?? ends[0];
        return new GenerationTokens(start, ends[0], [.. words.Select(word => word[0]).Distinct().Order()])
        {
            ForcedFirstId = config.IntegerOrNull("forced_bos_token_id"),
            ForcedLastId = config.IntegerOrNull("forced_eos_token_id"),
        };
    }
}
