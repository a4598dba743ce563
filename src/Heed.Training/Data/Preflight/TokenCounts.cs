using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Preflight;

/// <summary>How often each entry of a vocabulary occurs, and how often a character had none of its own.</summary>
public sealed class TokenCounts
{
    private readonly long[] counts;
    private readonly bool[] isFallback;
    private readonly bool[] isText;

    internal TokenCounts(Tokenizer tokenizer)
    {
        counts = new long[tokenizer.VocabSize];
        isFallback = [.. Enumerable.Range(0, tokenizer.VocabSize).Select(id => IsFallback(tokenizer, id))];
        var special = tokenizer.Special;
        isText = [.. isFallback.Select((fallback, id) => !fallback && id != special.PadId && id != special.BosId && id != special.EosId)];
    }

    /// <summary>The number of entries.</summary>
    public int VocabSize => counts.Length;

    /// <summary>The number of tokens.</summary>
    public long Total { get; private set; }

    /// <summary>The number of tokens that are the unknown token or single bytes of a character without an entry.</summary>
    public long Fallback { get; private set; }

    /// <summary>The number of entries that stand for text, single bytes not counted, and never occur.</summary>
    public int Unused => Enumerable.Range(0, counts.Length).Count(id => counts[id] == 0 && isText[id]);

    internal void Add(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            counts[id]++;
            Fallback += isFallback[id] ? 1 : 0;
        }

        Total += ids.Length;
    }

    private static bool IsFallback(Tokenizer tokenizer, int id) =>
        id == tokenizer.Special.UnknownId || tokenizer.TokenText(id) is ['<', '0', 'x', _, _, '>'];
}
