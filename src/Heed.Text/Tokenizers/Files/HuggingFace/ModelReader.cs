using System.Text.Json;
using Heed.Text.IO;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;
using Heed.Text.Tokenizers.Unigram;
using Heed.Text.Tokenizers.WordPiece;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the object "model": its vocabulary, its settings, and what it was trained to do.</summary>
/// <param name="model">The object.</param>
internal sealed class ModelReader(JsonPlace model)
{
    private static readonly string[] Types = ["BPE", "Unigram", "WordLevel", "WordPiece"];

    private static readonly string[] Settings =
    [
        "type", "vocab", "merges", "unk_token", "unk_id", "dropout", "fuse_unk", "byte_fallback", "ignore_merges",
        "continuing_subword_prefix", "end_of_word_suffix", "max_input_chars_per_word",
    ];

    private readonly string type = TypeOf(model);

    public string Kind => type switch
    {
        "BPE" => TokenizerKind.Bpe,
        "Unigram" => TokenizerKind.Unigram,
        "WordLevel" => TokenizerKind.Words,
        _ => TokenizerKind.WordPiece,
    };

    /// <summary>Scores of a unigram model, by id.</summary>
    private double[] Scores { get; set; } = [];

    public string?[] ReadNames()
    {
        model.RequireKnown(Settings);
        JsonPlace vocab = model.Get("vocab");
        if (type != "Unigram")
        {
            return VocabularyReader.Map(vocab);
        }

        (string?[] names, Scores) = VocabularyReader.List(vocab);
        return names;
    }

    /// <summary>The vocabulary with the settings that concern unknown text.</summary>
    /// <param name="names">The names of all ids, added tokens among them.</param>
    /// <param name="special">The ids that text must not reach.</param>
    public TokenTable ReadTable(string?[] names, IEnumerable<int> special)
    {
        int unknown = TokenTable.None;
        if (type == "Unigram")
        {
            unknown = model.Find("unk_id") is { } id ? VocabularyReader.CheckedId(id) : unknown;
        }
        else if (model.Find("unk_token") is { } token)
        {
            // A file may name an unknown token it does not have; then there is none.
            unknown = Array.IndexOf(names, token.Text());
        }

        if (unknown >= names.Length)
        {
            throw model.Get("unk_id").Error($"unknown id {unknown} is out of range: the vocabulary has {names.Length} ids");
        }

        var table = new TokenTable(names) { UnknownId = unknown, FusesUnknown = type == "Unigram" || model.Flag("fuse_unk", false) };
        table.Hide(special);
        if (model.Flag("byte_fallback", false))
        {
            table.UseByteTokens();
        }

        return table;
    }

    public TokenModel ReadModel(TokenTable table) => type switch
    {
        "BPE" => Bpe(table),
        "Unigram" => Unigram(table),
        "WordLevel" => new WholeWordModel(table),
        _ => WordPiece(table),
    };

    /// <summary>Whether no piece reaches across the boundary of two words.</summary>
    public bool MayCutAtMarks(TokenTable table) => !model.Flag("ignore_merges", false)
        && table.TryGetAny(Vocabulary.SpaceMark.ToString(), out _)
        && MarkBoundaryPreTokenizer.IsSafe(Enumerable.Range(0, table.Count).Where(id => !table.IsHidden(id)).Select(id => table.NameOf(id) ?? ""), Vocabulary.SpaceMark);

    private static string TypeOf(JsonPlace model)
    {
        if (model.Find("type") is { } type)
        {
            return Types.Contains(type.Text()) ? type.Text() : throw type.Unknown("model type", Types);
        }

        // The oldest files have no type.
        return model.Find("merges") is not null ? "BPE"
            : model.Get("vocab").Kind == JsonValueKind.Array ? "Unigram"
            : model.Find("max_input_chars_per_word") is not null ? "WordPiece"
            : "WordLevel";
    }

    private BpeModel Bpe(TokenTable table)
    {
        RequireEmpty("continuing_subword_prefix");
        RequireEmpty("end_of_word_suffix");
        var seen = new PairMap();
        var merges = new List<Merge>();
        foreach (JsonPlace item in model.Get("merges").Items())
        {
            Merge merge = ReadMerge(item, table);
            if (!seen.TryAdd(merge.Left, merge.Right, merges.Count))
            {
                throw item.Error($"{item.Excerpt()} occurs twice");
            }

            merges.Add(merge);
        }

        return new BpeModel(table, new MergeTable(merges), model.Flag("ignore_merges", false) ? word => table.TryGetPiece(word, out int id) ? id : TokenTable.None : null);
    }

    private void RequireEmpty(string name)
    {
        if (model.Find(name) is { } place && place.Text().Length > 0)
        {
            throw place.Error($"only null or \"\" is supported here, found {place.Excerpt()}");
        }
    }

    // A merge is "left right", or in newer files ["left", "right"].
    private static Merge ReadMerge(JsonPlace item, TokenTable table)
    {
        string[] sides = item.Kind == JsonValueKind.Array ? [.. item.Items().Select(side => side.Text())] : item.Text().Split(' ');
        if (sides.Length != 2)
        {
            throw item.Error($"expected two pieces, found {item.Excerpt()}");
        }

        return new Merge(IdOf(sides[0]), IdOf(sides[1]), IdOf(sides[0] + sides[1]));

        int IdOf(string name) => table.TryGetAny(name, out int id) ? id : throw item.Error($"{Excerpt.Quote(name)} is not in model.vocab");
    }

    private UnigramPieces Unigram(TokenTable table)
    {
        int[] ids = [.. Enumerable.Range(0, Scores.Length).Where(id => IsPiece(table, id))];
        double lowest = Scores.Length == 0 ? 0 : Scores.Min();
        var unigram = new UnigramModel([.. ids.Select(id => table.NameOf(id)!)], [.. ids.Select(id => Scores[id])], lowest - UnigramModel.UnknownPenalty);
        return new UnigramPieces(unigram, ids, table);
    }

    private static bool IsPiece(TokenTable table, int id) =>
        id != table.UnknownId && table.NameOf(id) is { Length: > 0 } name && table.TryGetPiece(name, out int first) && first == id;

    private WordPieceModel WordPiece(TokenTable table)
    {
        foreach ((string name, JsonPlace place) in model.Get("vocab").Properties())
        {
            VocabularyReader.CheckLength(name, place);
        }

        return new WordPieceModel(
            table,
            model.Find("continuing_subword_prefix")?.Text() ?? "##",
            model.Find("max_input_chars_per_word")?.Integer() ?? WordPieceModel.UsualLongestWord);
    }
}
