using System.Buffers;
using System.Text;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Bpe;

/// <summary>Byte-pair encoding of one word: its characters, joined by the merges in their order.</summary>
/// <param name="characters">How a character is written before any merge.</param>
/// <param name="merges">The merges.</param>
/// <param name="wholeWords">Words that are one token without any merge, or null.</param>
internal sealed class BpeModel(ICharacterIds characters, MergeTable merges, Func<ReadOnlySpan<char>, int>? wholeWords = null) : TokenModel
{
    public MergeTable Merges => merges;

    /// <summary>Whether some words are one token without any merge.</summary>
    public bool HasWholeWords => wholeWords is not null;

    public override void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        SplitMix64 unused = default;
        AppendSampled(word, dropout: 0, ref unused, ids);
    }

    public override void AppendSampled(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids)
    {
        if (wholeWords is not null && wholeWords(word) is >= 0 and int whole)
        {
            ids.Add(whole);
            return;
        }

        WordMerger merger = WordMerger.Rent();
        while (Rune.DecodeFromUtf16(word, out _, out int width) == OperationStatus.Done)
        {
            characters.AppendCharacter(word[..width], merger.Pieces, start: 0);
            word = word[width..];
        }

        merger.Merge(merges, dropout, ref random, ids);
        merger.Return();
    }
}
