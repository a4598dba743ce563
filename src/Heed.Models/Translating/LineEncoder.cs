using Heed.Text.Tokenizers;

namespace Heed.Models.Translating;

/// <summary>Turns lines into tokens, no more than a model can read.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxLength">The longest sequence of the model, its end or start token included.</param>
internal sealed class LineEncoder(Tokenizer tokenizer, int maxLength)
{
    /// <summary>Encodes a line.</summary>
    /// <param name="number">Its place in the input, for the warning.</param>
    /// <param name="text">The line.</param>
    /// <param name="consequence">What happens to the tokens beyond the limit, for the warning: "were not translated".</param>
    public SourceLine Encode(long number, string text, string consequence)
    {
        int[] ids = tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = true });
        ids = ids is [.., int last] && last == tokenizer.Special.EosId ? ids[..^1] : ids; // the caller ends the line
        int limit = maxLength - 1;
        return ids.Length <= limit
            ? new SourceLine(number, text, ids, Warning: null)
            : new SourceLine(number, text, ids[..limit], $"line {number} has {ids.Length} tokens, but the model takes at most {limit}: the last {ids.Length - limit} {consequence}");
    }
}
