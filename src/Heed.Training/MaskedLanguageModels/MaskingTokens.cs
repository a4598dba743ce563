using Heed.Models.Configuration;
using Heed.Text.Tokenizers;

namespace Heed.Training.MaskedLanguageModels;

/// <summary>What masking has to know about a tokenizer.</summary>
/// <param name="MaskId">Stands for a hidden token.</param>
/// <param name="Prefix">What stands in front of a sequence.</param>
/// <param name="Suffix">What stands behind it.</param>
/// <param name="Ordinary">The tokens that a random one is drawn from.</param>
/// <param name="ContinuesWord">Whether a token goes on with the word of the token before it.</param>
internal sealed record MaskingTokens(int MaskId, int[] Prefix, int[] Suffix, int[] Ordinary, Func<int, int, bool> ContinuesWord)
{
    // As tokenizers write them: a word's space belongs to the word.
    private static readonly char[] SpaceMarks = ['\u2581', '\u0120', ' '];
    private const char LineEnd = '\u010A';

    /// <exception cref="ConfigException">The tokenizer has no mask token.</exception>
    public static MaskingTokens Of(Tokenizer tokenizer)
    {
        int maskId = tokenizer.Special.MaskId;
        if (maskId == SpecialTokens.None)
        {
            throw new ConfigException("the tokenizer has no mask token ([MASK] or <mask>); take one that has, or leave tokenizer.from out to train one");
        }

        (int[] prefix, int[] suffix) = Around(tokenizer);
        int[] ordinary = [.. Enumerable.Range(0, tokenizer.VocabSize).Where(id => !tokenizer.IsSpecial(id))];
        string[] names = [.. Enumerable.Range(0, tokenizer.VocabSize).Select(tokenizer.TokenText)];
        return new MaskingTokens(maskId, prefix, suffix, ordinary, tokenizer.Kind == TokenizerKind.WordPiece
            ? (_, next) => names[next].StartsWith("##", StringComparison.Ordinal)
            : (previous, next) => GoesOn(names[previous], names[next]));
    }

    // The tokens that the tokenizer's file puts around a text; where it names none, the start and the end token, if there are such.
    private static (int[] Prefix, int[] Suffix) Around(Tokenizer tokenizer)
    {
        int[] inner = tokenizer.Encode("a");
        int[] whole = tokenizer.Encode("a", new EncodeOptions { AddSpecialTokens = true });
        int start = whole.AsSpan().IndexOf(inner);
        if (start >= 0 && whole.Length > inner.Length)
        {
            return (whole[..start], whole[(start + inner.Length)..]);
        }

        int[] Known(int id) => id == SpecialTokens.None ? [] : [id];
        return (Known(tokenizer.Special.BosId), Known(tokenizer.Special.EosId));
    }

    private static bool GoesOn(string previous, string next) =>
        previous.Length > 0 && next.Length > 0 && !SpaceMarks.Contains(next[0]) && next[0] != LineEnd && (SpaceMarks.Contains(previous[^1]) || (IsOfWord(previous[^1]) && IsOfWord(next[0])));

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && c != LineEnd;
}
