using Heed.Text.Tokenizers;
using Heed.Training.Data.Texts;
using System.Text;

namespace Heed.Training.LanguageModels;

/// <summary>How much text tokens stand for: what makes losses over different vocabularies comparable.</summary>
/// <param name="Bytes">In UTF-8.</param>
/// <param name="Characters">Unicode code points.</param>
internal readonly record struct TextSize(long Bytes, long Characters)
{
    /// <summary>Measures tokens, special ones apart.</summary>
    public static TextSize Of(TokensInMemory text, Tokenizer tokenizer)
    {
        long bytes = 0;
        long characters = 0;
        TextStream stream = tokenizer.CreateStream();
        foreach (int id in text.Ids.Span)
        {
            Add(stream.Append(id));
        }

        Add(stream.Finish());
        return new TextSize(bytes, characters);

        void Add(string part)
        {
            bytes += Encoding.UTF8.GetByteCount(part);
            characters += part.Length - part.Count(char.IsLowSurrogate);
        }
    }
}
