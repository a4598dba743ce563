using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Models.Decoding;

namespace Heed.Models.Pretrained;

/// <summary><c>generation_config.json</c>: what a published model's outputs begin and end with, and what they never hold.</summary>
internal static class GenerationFile
{
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
