using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>A language code is one token of the vocabulary, or unknown; other text is split by the unigram model.</summary>
internal sealed class MarianModel(TokenTable table, UnigramPieces pieces) : TokenModel
{
    public override void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (IsCode(word))
        {
            ids.Add(table.TryGetPiece(word, out int id) ? id : table.UnknownId);
        }
        else
        {
            pieces.Append(word, ids);
        }
    }

    public override void AppendSampled(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids)
    {
        if (IsCode(word))
        {
            Append(word, ids);
        }
        else
        {
            pieces.AppendSampled(word, dropout, ref random, ids);
        }
    }

    private static bool IsCode(ReadOnlySpan<char> word) => word.StartsWith(MarianPreTokenizer.Opening) && word.EndsWith(MarianPreTokenizer.Closing);
}
