using System.Text;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>The kind <c>bert</c>: llama.cpp marks beginnings of words where BERT's <c>vocab.txt</c> marks continuations.</summary>
internal static class GgufWordPiece
{
    public static LoadedTokenizer Read(GgufVocabulary vocabulary, string source)
    {
        string[] names = GgufNames.Of(vocabulary);
        PieceType[] types = GgufNames.Types(vocabulary);
        var lines = new StringBuilder();
        for (int id = 0; id < names.Length; id++)
        {
            if (names[id].AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                throw new InvalidDataException($"{source}: tokenizer.ggml.tokens: token {id} has a line end in it, which no piece of the kind \"bert\" has");
            }

            lines.Append(ToBert(names[id], types[id])).Append('\n');
        }

        TokenizerConfig config = GgufNames.Config(vocabulary, source, "BertTokenizer", vocabulary.AddsBos ?? true, vocabulary.AddsEos ?? true);
        return BertVocabularyFile.Parse("vocab.txt", Encoding.UTF8.GetBytes(lines.ToString()), config, new TokenizerLoadOptions(), source);
    }

    private static string ToBert(string name, PieceType type) => name.StartsWith(Vocabulary.SpaceMark) ? name[1..]
        : type != PieceType.Normal || (name.StartsWith('[') && name.EndsWith(']')) || name.StartsWith("##", StringComparison.Ordinal) ? name
        : "##" + name;
}
