using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Cuts a text into words; a model then splits each of them by itself.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Cuts a stretch of text.</summary>
    /// <param name="part">The text, not empty.</param>
    /// <param name="startsText">Whether nothing comes before it in the whole text.</param>
    /// <param name="output">Receives the words, none of them empty.</param>
    public abstract void Split(TextPart part, bool startsText, List<TextPart> output);
}
