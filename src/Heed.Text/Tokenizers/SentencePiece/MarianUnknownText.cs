using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>Text that one language's model does not know may still be a piece of the other's, and so of the common vocabulary.</summary>
internal sealed class MarianUnknownText(TokenTable table) : ICharacterIds
{
    public void AppendCharacter(ReadOnlySpan<char> character, List<int> output, int start) => AppendUnknown(character, output, start);

    public void AppendUnknown(ReadOnlySpan<char> run, List<int> output, int start) =>
        output.Add(table.TryGetPiece(run, out int id) ? id : table.UnknownId);
}
