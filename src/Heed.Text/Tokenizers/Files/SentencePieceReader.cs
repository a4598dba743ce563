using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Files.HuggingFace;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Makes a tokenizer of a SentencePiece model and the rules of its family.</summary>
internal static class SentencePieceReader
{
    private const int UsualExtraIds = 100;

    public static LoadedTokenizer Read(string path, byte[] content, TokenizerFolder folder, TokenizerLoadOptions options)
    {
        SentencePieceFile file = SentencePieceFile.Parse(path, content);
        SentencePieceFamily family = options.Family ?? FamilyOf(path, folder.Config);
        return Make(path, content, file, family, folder.Config);
    }

    /// <summary>Makes the tokenizer from what was read.</summary>
    public static LoadedTokenizer Make(string path, byte[] content, SentencePieceFile file, SentencePieceFamily family, TokenizerConfig config)
    {
        bool isT5 = family is SentencePieceFamily.T5 or SentencePieceFamily.T5Legacy;
        bool isNew = family is SentencePieceFamily.T5 or SentencePieceFamily.Llama;
        int extraIds = isT5 ? config.ExtraIds ?? UsualExtraIds : 0;
        var names = file.Pieces.Select(piece => (string?)piece.Text).ToList();
        names.AddRange(Enumerable.Range(0, extraIds).Reverse().Select(i => $"<extra_id_{i}>"));
        AddedToken[] added = family == SentencePieceFamily.Plain ? [] : [.. AddedTokens(file, names, extraIds)];
        var table = new TokenTable([.. names]) { UnknownId = file.UnknownId, FusesUnknown = true };
        table.Hide(Enumerable.Range(0, file.Pieces.Count).Where(id => file.Pieces[id].Type is PieceType.Control or PieceType.Unknown or PieceType.Byte).Concat(added.Select(token => token.Id)));
        if (file.HasByteFallback)
        {
            table.UseByteTokens();
        }

        SentencePieceFile decoding = isNew ? file with { AddsDummyPrefix = false } : file;
        HashSet<int> special = family == SentencePieceFamily.Plain
            ? [.. Enumerable.Range(0, file.Pieces.Count).Where(id => file.Pieces[id].Type == PieceType.Control)]
            : [.. added.Select(token => token.Id)];
        bool isNamed = family != SentencePieceFamily.Plain;
        bool dropsFirstMark = isNamed && file.AddsDummyPrefix;
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = file.IsUnigram ? TokenizerKind.Unigram : TokenizerKind.Bpe,
            Table = table,
            Model = file.IsUnigram ? SentencePieceModels.Unigram(file, [.. Enumerable.Range(0, file.Pieces.Count)], table) : SentencePieceModels.Bpe(file, table),
            Decoder = Decoder(table, decoding, dropsFirstMark, isNamed, isT5),
            Normalizer = new SentencePieceNormalizer(decoding, keepsFirstSpace: isNew),
            PreTokenizer = file.IsUnigram ? null : SentencePieceModels.BpeWords(file),
            AddedTokens = added,
            SpecialIds = special,
            Template = Template(file, family, isT5, config),
            Roles = RolesOf(file, config),
            Prepare = isNew ? text => text.Length == 0 ? text : Vocabulary.SpaceMark + text.Replace(Vocabulary.SpaceMark, ' ') : null,
            DroppedBeforeToken = isNew && table.TryGetPiece(Vocabulary.SpaceMark.ToString(), out int mark) ? mark : null,
            DecodeWithSpecial = isNamed ? Joiner(Decoder(table, decoding, dropsFirstMark, isNamed, trims: false), table, file.Pieces.Count, special, family, isT5).Decode : null,
            Files = [(TokenizerFiles.NameFor(path, "tokenizer.model"), content), .. config.Files],
        });
    }

    private static SentencePieceFamily FamilyOf(string path, TokenizerConfig config) => config.ClassName switch
    {
        null => SentencePieceFamily.Plain,
        "LlamaTokenizer" => config.IsLegacy ? SentencePieceFamily.LlamaLegacy : SentencePieceFamily.Llama,
        "T5Tokenizer" => config.IsLegacy ? SentencePieceFamily.T5Legacy : SentencePieceFamily.T5,
        _ => throw new InvalidDataException($"{path}: the tokenizer class \"{config.ClassName}\" of {TokenizerConfig.FileName} is not known for a SentencePiece model; known are LlamaTokenizer and T5Tokenizer (or say the family when loading)"),
    };

    private static IEnumerable<AddedToken> AddedTokens(SentencePieceFile file, List<string?> names, int extraIds)
    {
        for (int id = 0; id < file.Pieces.Count; id++)
        {
            if (file.Pieces[id].Type is PieceType.Control or PieceType.Unknown)
            {
                yield return new AddedToken(id, names[id]!) { IsSpecial = true };
            }
        }

        for (int i = 0; i < extraIds; i++)
        {
            int id = names.Count - 1 - i;
            yield return new AddedToken(id, names[id]!) { IsSpecial = true, StripsLeft = true, StripsRight = true };
        }
    }

    private static SentencePieceDecoder Decoder(TokenTable table, SentencePieceFile file, bool dropsFirstMark, bool namesUnknown, bool trims) => new(table, file)
    {
        DropsFirstMark = dropsFirstMark,
        NamesUnknown = namesUnknown,
        Trims = trims,
    };

    private static SpecialTokenJoiner Joiner(SentencePieceDecoder decoder, TokenTable table, int firstSeparateId, HashSet<int> special, SentencePieceFamily family, bool isT5) =>
        new(table, decoder, special)
        {
            SpaceBeforeRun = isT5 || family == SentencePieceFamily.LlamaLegacy,
            SpaceAtStart = isT5,
            RestoresSpace = !isT5,
            Trims = isT5,
            FirstSeparateId = firstSeparateId,
        };

    private static TokenTemplate Template(SentencePieceFile file, SentencePieceFamily family, bool isT5, TokenizerConfig config)
    {
        if (family == SentencePieceFamily.Plain)
        {
            return TokenTemplate.None;
        }

        int[] before = (config.AddBos ?? !isT5) && file.Has(file.BosId) ? [file.BosId] : [];
        int[] after = (config.AddEos ?? isT5) && file.Has(file.EosId) ? [file.EosId] : [];
        return TokenTemplate.Around(before, [.. after, .. before], after) with { RepeatsTokens = !isT5 };
    }

    private static Dictionary<string, string> RolesOf(SentencePieceFile file, TokenizerConfig config)
    {
        var roles = new Dictionary<string, string>(config.Roles, StringComparer.Ordinal);
        foreach ((string role, int id) in ((string, int)[])[("unk_token", file.UnknownId), ("bos_token", file.BosId), ("eos_token", file.EosId), ("pad_token", file.PadId)])
        {
            if (file.Has(id))
            {
                roles.TryAdd(role, file.Pieces[id].Text);
            }
        }

        return roles;
    }
}
