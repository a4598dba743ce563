using System.Text.Json;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers;

/// <summary>One id for each word of the vocabulary; a word outside it is written as its UTF-8 bytes.</summary>
public sealed class WordTokenizer : TrainedTokenizer
{
    internal WordTokenizer(Vocabulary vocabulary, bool lowercase)
        : base(vocabulary, lowercase, spacePrefix: true)
    {
    }

    /// <inheritdoc/>
    public override string Kind => TokenizerKind.Words;

    internal override void WriteModel(Utf8JsonWriter json) => WordLevelFormat.Write(json, Kind, Vocabulary);

    private protected override void AppendPrepared(ReadOnlySpan<char> text, List<int> ids)
    {
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            if (Vocabulary.TryGetId(word, out int id))
            {
                ids.Add(id);
            }
            else
            {
                Vocabulary.AppendByteIds(word, ids);
            }
        }
    }
}
