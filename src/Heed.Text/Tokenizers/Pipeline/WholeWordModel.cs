namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>A word is one token, or unknown.</summary>
internal sealed class WholeWordModel(TokenTable table) : TokenModel
{
    public override void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (table.TryGetPiece(word, out int id))
        {
            ids.Add(id);
        }
        else
        {
            table.AppendUnknown(ids, ids.Count);
        }
    }
}
