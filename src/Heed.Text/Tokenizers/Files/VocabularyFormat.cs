using System.Text.Json;
using Heed.Text.IO;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Writes and checks the names of all ids as they stand in <c>tokenizer.json</c>.</summary>
internal static class VocabularyFormat
{
    /// <summary>Writes <c>"vocab": {"name": id, ...}</c> in id order.</summary>
    public static void WriteMap(Utf8JsonWriter json, Vocabulary vocabulary)
    {
        json.WriteStartObject("vocab");
        for (int id = 0; id < vocabulary.Count; id++)
        {
            json.WriteNumber(vocabulary.DisplayText(id), id);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads an object of names and ids.</summary>
    public static Vocabulary ReadMap(JsonPlace vocab)
    {
        var entries = vocab.Properties().ToArray();
        var names = new string?[entries.Length];
        foreach ((string name, JsonPlace value) in entries)
        {
            int id = value.Integer();
            if (id < 0 || id >= names.Length)
            {
                throw value.Error($"id {id} is out of range: {names.Length} pieces have the ids 0 to {names.Length - 1}");
            }

            if (names[id] is { } other)
            {
                throw value.Error($"id {id} already belongs to {Excerpt.Quote(other)}");
            }

            names[id] = name;
        }

        // As many different ids as places: none is left empty.
        return FromNames(vocab, names!);
    }

    /// <summary>Checks the names of all ids in order.</summary>
    public static Vocabulary FromNames(JsonPlace vocab, string[] names)
    {
        if (names.Length is < Vocabulary.FirstPieceId or > TokenizerOptions.MaxVocabSize)
        {
            throw vocab.Error($"holds {names.Length} pieces; a vocabulary has the {Vocabulary.FirstPieceId} special tokens and bytes, and at most {TokenizerOptions.MaxVocabSize} pieces");
        }

        var reserved = new Vocabulary([]);
        for (int id = 0; id < reserved.Count; id++)
        {
            if (names[id] != reserved.DisplayText(id))
            {
                throw vocab.Error($"id {id} must be \"{reserved.DisplayText(id)}\", found {Excerpt.Quote(names[id])}");
            }
        }

        var seen = new HashSet<string>(names.Take(reserved.Count), StringComparer.Ordinal);
        for (int id = reserved.Count; id < names.Length; id++)
        {
            string problem = names[id].Length == 0 ? "is empty"
                : names[id].Contains(' ') ? "holds a space, which must be written U+2581"
                : !seen.Add(names[id]) ? "occurs twice"
                : "";
            if (problem.Length > 0)
            {
                throw vocab.Error($"piece {Excerpt.Quote(names[id])} (id {id}) {problem}");
            }
        }

        return new Vocabulary([.. names.Skip(reserved.Count).Select(name => name.Replace(Vocabulary.SpaceMark, ' '))]);
    }
}
