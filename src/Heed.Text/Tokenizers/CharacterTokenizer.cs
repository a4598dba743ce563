using System.Buffers;
using System.Text;
using System.Text.Json;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers;

/// <summary>One id for each character (Unicode code point) of the vocabulary; others are written as their UTF-8 bytes.</summary>
public sealed class CharacterTokenizer : TrainedTokenizer
{
    internal CharacterTokenizer(Vocabulary vocabulary, bool lowercase)
        : base(vocabulary, lowercase, spacePrefix: false)
    {
    }

    /// <inheritdoc/>
    public override string Kind => TokenizerKind.Characters;

    internal override void WriteModel(Utf8JsonWriter json) => WordLevelFormat.Write(json, Kind, Vocabulary);

    private protected override void AppendPrepared(ReadOnlySpan<char> text, List<int> ids)
    {
        while (Rune.DecodeFromUtf16(text, out _, out int width) == OperationStatus.Done)
        {
            Vocabulary.AppendCharacter(text[..width], ids);
            text = text[width..];
        }
    }
}
