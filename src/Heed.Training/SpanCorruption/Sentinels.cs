using Heed.Models.Configuration;
using Heed.Text.Tokenizers;

namespace Heed.Training.SpanCorruption;

/// <summary>The tokens that stand for gaps: <c>&lt;extra_id_0&gt;</c> for the first of a text, <c>&lt;extra_id_1&gt;</c> for the second.</summary>
internal static class Sentinels
{
    /// <summary>How many T5 has.</summary>
    public const int Usual = 100;

    public static string NameOf(int gap) => FormattableString.Invariant($"<extra_id_{gap}>");

    /// <summary>The tokens of the gaps that a window can have, and of the end behind the last.</summary>
    /// <exception cref="ConfigException">The tokenizer has not as many.</exception>
    public static int[] Of(Tokenizer tokenizer, int count)
    {
        var ids = new int[count];
        for (int gap = 0; gap < count; gap++)
        {
            ids[gap] = tokenizer.TryGetTokenId(NameOf(gap), out int id)
                ? id
                : throw new ConfigException($"the tokenizer has no token {NameOf(gap)}, and windows of data.context tokens with these gaps need {count} of that kind; lower data.context or corruption.share, or raise corruption.meanSpan");
        }

        return ids;
    }
}
