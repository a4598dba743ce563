using Heed.Text.Tokenizers;

namespace Heed.Models.Classification;

/// <summary>Turns texts into the tokens that a classifier reads, the same way in training and in use.</summary>
/// <remarks>
/// A text has the tokens that its tokenizer puts around it (<c>[CLS] ... [SEP]</c>). Tokenizers trained here put none, so the one that begins a
/// sequence is put in front; that way no text is without tokens. A text that is too long loses its end, but not the tokens around it.
/// </remarks>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="maxLength">The most tokens that a text may have.</param>
public sealed class ClassifierEncoder(Tokenizer tokenizer, int maxLength)
{
    /// <summary>The most tokens that a text may have.</summary>
    public int MaxLength => maxLength;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text; it may be empty.</param>
    public EncodedText Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        if (tokenizer is TrainedTokenizer)
        {
            ids.Add(tokenizer.Special.BosId);
        }

        tokenizer.Encode(text, ids, new EncodeOptions { AddSpecialTokens = true });
        if (ids.Count == 0)
        {
            ids.Add(FirstKnown(tokenizer.Special.BosId, tokenizer.Special.EosId));
        }

        int dropped = Math.Max(0, ids.Count - maxLength);
        ids.RemoveRange(ids.Count - dropped - Math.Min(Ending(ids), maxLength - 1), dropped);
        return new EncodedText([.. ids], dropped);
    }

    private int Ending(List<int> ids)
    {
        int count = 0;
        while (count < ids.Count && tokenizer.IsSpecial(ids[^(count + 1)]))
        {
            count++;
        }

        return count;
    }

    private static int FirstKnown(params ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if (id != SpecialTokens.None)
            {
                return id;
            }
        }

        return 0; // a tokenizer that names no structure at all
    }
}

/// <summary>A text as tokens.</summary>
/// <param name="Ids">The tokens, one at least.</param>
/// <param name="Dropped">How many more there would be without a limit.</param>
public readonly record struct EncodedText(int[] Ids, int Dropped);
